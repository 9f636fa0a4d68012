package io.gds.engine.postgres.internal.pooler;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.plan.Params;
import io.gds.database.spi.Prepared;
import io.gds.engine.postgres.internal.config.PoolerSpec;
import io.gds.engine.postgres.internal.control.Host;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class SwitchoverBehindPoolerTest {
    private PoolerBed bed;

    @BeforeEach
    void start() {
        bed = new PoolerBed("behind");
    }

    @AfterEach
    void stop() {
        List<String> left = bed.tokens();
        bed.close();
        assertThat(left).isEmpty();
    }

    @Test
    void noTransactionFailsAndTheEntryNamesTheNewPrimary() throws Exception {
        PgBouncer pooler = bed.pooler("one");
        PoolerSpec spec = pooler.spec();
        String before = pooler.ini();
        try (Clients clients = new Clients(8, () -> pooler.connect("app"))) {
            for (String to : List.of("n2", "n1", "n2")) {
                long committed = clients.committed();
                PoolerBed.await("load", () -> clients.committed() > committed + 200);
                Params facts = bed.pause("run/" + to, spec);
                bed.switchOver(to);
                bed.resume(facts, spec);
                bed.cluster.awaitStreaming();
            }
            long committed = clients.committed();
            PoolerBed.await("load", () -> clients.committed() > committed + 200);
            assertThat(clients.finish()).isEmpty();
            System.out.println("behind PgBouncer: " + clients.committed() + " transactions, longest "
                    + clients.longest().toMillis() + " ms");
        }
        int n1 = bed.cluster.member("n1").port();
        int n2 = bed.cluster.member("n2").port();
        assertThat(pooler.ini()).isEqualTo(before.replace("port=" + n1, "port=" + n2));
        try (var files = Files.list(pooler.directory())) {
            assertThat(files.map(Path::getFileName).map(String::valueOf))
                    .containsExactlyInAnyOrder("pgbouncer.ini", "userlist.txt", "console-password", "log");
        }
    }

    @Test
    void proxyInBetweenIsWaitedForAndTheConfigurationIsLeftAlone() throws Exception {
        try (Forward proxy = new Forward(bed.cluster.member("n1").port())) {
            PgBouncer pooler = bed.pooler(
                    "one",
                    ini -> ini.replaceFirst("app = host=\\S+ port=\\d+", "app = host=localhost port=" + proxy.port()));
            PoolerSpec spec = pooler.spec();
            String before = pooler.ini();
            assertThat(PoolerPreFlight.findings(bed.engine, List.of(spec), Leader.of(bed.engine)))
                    .isEmpty();
            try (Clients clients = new Clients(8, () -> pooler.connect("app"))) {
                PoolerBed.await("load", () -> clients.committed() > 200);
                Params facts = bed.pause("run1/pause", spec);
                bed.switchOver("n2");

                Prepared answer = PoolerBed.resume(List.of(spec)).prepare(StepInHand.closer(bed.engine, facts));
                assertThat(answer).isInstanceOf(Prepared.Hold.class);
                assertThat(((Prepared.Hold) answer).blocked().observed()).contains("a follower answers");
                assertThat(bed.isPaused(spec, "app")).isTrue();

                proxy.leadTo(bed.cluster.member("n2").port());
                bed.resume(facts, spec);
                long committed = clients.committed();
                PoolerBed.await("load", () -> clients.committed() > committed + 200);
                assertThat(clients.finish()).isEmpty();
            }
            assertThat(pooler.ini()).isEqualTo(before);
        }
    }

    @Test
    void nobodyIsResumedBeforeRecoveryHasEnded() throws Exception {
        PgBouncer pooler = bed.pooler("one");
        PoolerSpec spec = pooler.spec();
        Params facts = bed.pause("run1/pause", spec);
        new Host(bed.engine, "n1").requestStop();
        PoolerBed.await("n1 down", () -> new Host(bed.engine, "n1").postmaster().isEmpty());

        Prepared answer = PoolerBed.resume(List.of(spec)).prepare(StepInHand.closer(bed.engine, facts));

        assertThat(answer).isInstanceOf(Prepared.Hold.class);
        assertThat(bed.isPaused(spec, "app")).isTrue();
        new Host(bed.engine, "n1").start();
        bed.resume(facts, spec);
        assertThat(bed.isPaused(spec, "app")).isFalse();
        assertThat(bed.row(spec, "app").port())
                .isEqualTo(bed.cluster.member("n1").port());
    }
}
