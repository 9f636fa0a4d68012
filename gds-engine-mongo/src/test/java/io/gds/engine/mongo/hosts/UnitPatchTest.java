package io.gds.engine.mongo.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.run.RunEvent;
import io.gds.database.run.RunOutcome;
import io.gds.testbed.BedNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Members that systemd starts, on hosts that are reached by ssh and get their programs by apt. */
@Tag("slow")
class UnitPatchTest {
    @RegisterExtension
    static final UnitTestbed TESTBED = new UnitTestbed();

    /** What a signal has a server wait for its readers, unless it was told otherwise. */
    private static final Duration QUIESCE = Duration.ofSeconds(15);

    private static UnitHosts hosts;
    private static HostsCase cluster;

    @BeforeAll
    static void start() throws Exception {
        hosts = TESTBED.hosts();
        cluster = new HostsCase(hosts, true);
    }

    @AfterAll
    static void stop() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void patchesAndTakesTheFinishedPatchBack() throws Exception {
        List<String> installed = new ArrayList<>();
        try (HostInvariants invariants = new HostInvariants(hosts)) {
            RunOutcome outcome = cluster.execute(cluster.plan(invariants.target()), e -> {
                System.out.println(e);
                String step = e.step().orElse("");
                if (e.type() == RunEvent.Type.STEP_VERIFIED && step.endsWith("-install")) {
                    BedNode n = TESTBED.node(step.replace("-install", ""));
                    installed.add(hosts.property(n, "ActiveState") + " " + hosts.property(n, "Restart"));
                }
            });
            invariants.patched(outcome);
            assertThat(installed)
                    .as("the packages' scripts started nothing, nor did the unit")
                    .containsExactly("inactive no", "inactive no", "inactive no");
            invariants.asFound(cluster.back(outcome.run()), "GDS-ROLLBACK-REQUESTED");
            invariants.nothingLost();
            assertThat(invariants.load().failures()).isEmpty();
        }
    }

    /** From afar servers that ask for no login take no {@code shutdown}; the signal has them wait for readers no longer. */
    @Test
    void patchesASetWithoutLogins() throws Exception {
        List<String> slow = new ArrayList<>();
        AtomicLong told = new AtomicLong();
        hosts.logins(false);
        try (HostsCase open = new HostsCase(hosts, false);
                HostInvariants invariants = new HostInvariants(hosts)) {
            RunOutcome outcome = open.execute(open.plan(invariants.target()), e -> {
                System.out.println(e);
                String step = e.step().orElse("");
                if (step.endsWith("-stop") && e.type() == RunEvent.Type.STEP_APPLIED) {
                    told.set(System.nanoTime());
                } else if (step.endsWith("-stop")
                        && e.type() == RunEvent.Type.STEP_VERIFIED
                        && System.nanoTime() - told.get() > QUIESCE.toNanos()) {
                    slow.add(step);
                }
            });
            invariants.patched(outcome);
            assertThat(slow).isEmpty();
            invariants.nothingLost();
            assertThat(invariants.load().failures()).isEmpty();
        } finally {
            hosts.logins(true);
        }
    }
}
