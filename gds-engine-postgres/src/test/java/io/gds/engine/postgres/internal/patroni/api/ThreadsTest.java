package io.gds.engine.postgres.internal.patroni.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.engine.postgres.internal.patroni.api.FakeCluster.Version;
import io.gds.engine.postgres.internal.patroni.api.FakePatroni.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A host program that lives for months must not gather our threads. */
class ThreadsTest {
    private static Set<Thread> ours() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(t ->
                        t.getName().startsWith("gds-patroni-") || t.getName().startsWith("HttpClient-"))
                .collect(Collectors.toSet());
    }

    @Test
    @Timeout(60)
    void threadsAreDaemonsAndEndAfterClosing() throws Exception {
        Set<Thread> before = ours();
        work();
        Set<Thread> left = ours();
        left.removeAll(before);
        assertThat(left).allMatch(Thread::isDaemon);
        for (Thread each : left) {
            while (each.isAlive()) {
                // On Java 17 the client's own thread ends once the collector has found the client.
                System.gc();
                each.join(100);
            }
        }
    }

    /** In a frame of its own, so that nothing refers to the client afterwards. */
    private static void work() throws IOException {
        try (FakeMembers fake = new FakeMembers(Version.V4_0, FakeMembers.HASTY)) {
            fake.apis.cluster();
            fake.server("n2").then(Fault.SILENT_AFTER);
            Reply lost = fake.api("n2").restart(RestartFilter.NONE, Duration.ofSeconds(2));
            assertThat(lost.outcome()).isEqualTo(Outcome.UNKNOWN);
            assertThat(ours()).isNotEmpty();
        }
    }
}
