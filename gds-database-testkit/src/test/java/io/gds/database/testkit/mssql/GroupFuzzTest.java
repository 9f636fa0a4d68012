package io.gds.database.testkit.mssql;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.testkit.tds.SqlFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens in whatever order: without force no acknowledged row is lost, and in the end all is in step. */
@Timeout(300)
class GroupFuzzTest {
    private static final int STEPS = 400;
    private static final String DATABASE = "shop";
    private static final Client CLIENT = new Client("fuzz", false, -1);

    private final Servers servers = new Servers(3);
    private final List<String> names = List.of(Servers.A, Servers.B, Servers.C);
    private final List<String> story = new ArrayList<>();
    private long next;

    @AfterEach
    void close() {
        servers.close();
    }

    private AvailabilityGroup group(ReplicaSettings third) {
        return AvailabilityGroup.builder("ag1")
                .replica(servers.instance(Servers.A), ReplicaSettings.automatic())
                .replica(servers.instance(Servers.B), ReplicaSettings.automatic())
                .replica(servers.instance(Servers.C), third)
                .databases(DATABASE)
                .create();
    }

    private LocalGroup local(String name) {
        return Objects.requireNonNull(servers.instance(name).groups().named("ag1"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void withoutForceNothingThatWasAcknowledgedIsLost(long seed) throws Exception {
        Random random = new Random(seed);
        AvailabilityGroup group =
                group(random.nextBoolean() ? ReplicaSettings.automatic() : ReplicaSettings.asynchronous());
        GroupSettings found = group.settings();
        local(Servers.A).commit(DATABASE, List.of(new LogRecord.NewTable("t", "id", true)));
        for (int i = 0; i < STEPS; i++) {
            step(random, group);
            if (group.primary().isPresent()) {
                assertThat(group.lost(DATABASE, "t"))
                        .as("seed %d, %s", seed, story)
                        .isEmpty();
            }
        }
        names.forEach(n -> servers.service(n).start());
        servers.pass(Duration.ofMinutes(5));
        assertThat(group.isHealthy()).as("seed %d, %s", seed, story).isTrue();
        names.forEach(n -> assertThat(group.present(n, DATABASE, "t"))
                .containsAll(group.acknowledged(DATABASE, "t"))
                .doesNotHaveDuplicates());
        assertThat(group.acknowledged(DATABASE, "t")).hasSizeGreaterThan(20);
        assertThat(group.events(GroupEvent.FailoverAsked.class))
                .allMatch(e -> e.ready() || e.refusedBy() != 0)
                .anyMatch(e -> e.refusedBy() == 0);
        assertThat(group.settings()).isEqualTo(found);
    }

    private void step(Random random, AvailabilityGroup group) throws Exception {
        String name = names.get(random.nextInt(names.size()));
        switch (random.nextInt(10)) {
            case 0 -> {
                story.add("die " + name);
                servers.service(name).die();
            }
            case 1, 2 -> {
                story.add("start " + name);
                servers.service(name).start();
            }
            case 3 -> {
                story.add("fail over to " + name);
                attempt(() -> local(name).alter(new SqlStatement.Failover(false), CLIENT));
            }
            case 4, 5 -> {
                int seconds = random.nextInt(15);
                story.add(seconds + " s");
                servers.pass(seconds);
            }
            default -> {
                if (group.primary().isPresent()) {
                    long n = next++;
                    story.add("write " + n);
                    local(group.primary().get()).commit(DATABASE, List.of(new LogRecord.NewRow("t", n)));
                }
            }
        }
    }

    /** What a client does. */
    @FunctionalInterface
    private interface Request {
        void send() throws SqlFailure, InterruptedException;
    }

    private void attempt(Request request) throws InterruptedException {
        try {
            request.send();
        } catch (SqlFailure e) {
            story.add("error " + e.number());
        }
    }

    @Test
    void theFuzzNoticesForce() throws Exception {
        AvailabilityGroup group = group(ReplicaSettings.asynchronous());
        group.faults().neverCatchesUp(Servers.C, true);
        local(Servers.A).commit(DATABASE, List.of(new LogRecord.NewRow("t", 1)));
        local(Servers.C).alter(new SqlStatement.Failover(true), CLIENT);
        servers.pass(10);
        assertThat(group.lost(DATABASE, "t")).containsExactly(1L);
    }
}
