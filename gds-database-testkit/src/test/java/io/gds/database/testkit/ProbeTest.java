package io.gds.database.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.ProbeSettings;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.run.RunStatus;
import io.gds.database.run.WriteReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The availability probe writes in real time, whatever the clock of the test shows. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProbeTest {
    private static final PatchRequest PROBED =
            PatchRequest.to("1.1").probe(ProbeSettings.defaults().every(Duration.ofMillis(1)));

    @TempDir
    Path dir;

    private record Told(RunOutcome outcome, FakeCluster cluster, Simulation world) {
        WriteReport report() {
            RunEvent event = world.record(outcome.run()).events().stream()
                    .filter(e -> e.type() == RunEvent.Type.PROBE_REPORT)
                    .reduce((a, b) -> b)
                    .orElseThrow();
            return WriteReport.fromDocument(event.data().object("report"));
        }
    }

    private Told tell(PatchRequest request, Consumer<FakeCluster> before) {
        SettableClock clock = new SettableClock();
        FakeCluster cluster = FakeCluster.of("orders", 3, "1.0", clock).target("1.1");
        before.accept(cluster);
        Simulation world = Simulation.inMemory(clock, cluster, dir);
        try (SimulatedProcess p = world.process();
                var engine = p.open(cluster.reference())) {
            RunOutcome outcome = p.patcher().execute(p.patcher().plan(engine, request), e -> {
                if (e.type() == RunEvent.Type.STEP_VERIFIED
                        && e.step().filter("n2-ready"::equals).isPresent()) {
                    awaitARow(cluster);
                }
            });
            return new Told(outcome, cluster, world);
        }
    }

    /** The first one, on a busy machine too; not in an effect, which has the cluster to itself and would keep the client out. */
    private static void awaitARow(FakeCluster cluster) {
        long atMost = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (cluster.tables().rowCount() == 0 && System.nanoTime() < atMost) {
            LockSupport.parkNanos(5_000_000);
        }
    }

    /** Gives the probe's client real time before a change goes on. */
    private static void slowly(FakeCluster cluster, String what, Duration time) {
        cluster.observe(e -> {
            if (e.what().equals(what)) {
                long until = System.nanoTime() + time.toNanos();
                while (System.nanoTime() < until) {
                    LockSupport.parkNanos(5_000_000);
                }
            }
        });
    }

    @Test
    void everyAcknowledgedWriteIsProven() {
        Told t = tell(PROBED, c -> slowly(c, "SET n2/cordoned yes", Duration.ofMillis(100)));
        assertThat(t.outcome().status()).as(t.outcome().summary()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(t.report().acknowledged()).isPositive();
        assertThat(t.report().lost()).isZero();
        assertThat(t.report().doubled()).isZero();
        assertThat(t.report().longestGap()).isPositive();
        Invariants.check(t.cluster(), t.world().record(t.outcome().run()));
    }

    @Test
    void aRunThatIsTakenBackIsProbedAgain() {
        Told t = tell(PROBED, c -> slowly(c, "SET n2/cordoned yes", Duration.ofMillis(100)));
        try (SimulatedProcess p = t.world().process()) {
            RunOutcome back = p.patcher().rollback(t.outcome().run(), Scenario.kim(), RunListener.none());
            assertThat(back.status()).as(back.summary()).isEqualTo(RunStatus.ROLLED_BACK);
            assertThat(t.report().acknowledged()).isPositive();
            assertThat(t.report().lost()).isZero();
            Invariants.check(t.cluster(), t.world().record(back.run()));
        }
    }

    @Test
    void aLostWriteIsReportedAndItsTableIsKept() {
        Told t = tell(PROBED, c -> {
            c.faults().losesWrites(1);
            slowly(c, "SET n2/cordoned yes", Duration.ofMillis(100));
        });
        assertThat(t.report().lost()).isEqualTo(1);
        assertThat(t.outcome().isSuccess()).isFalse();
        assertThat(t.cluster().tables().names()).hasSize(1);
    }

    @Test
    void aDoubledWriteIsReported() {
        Told t = tell(PROBED, c -> {
            c.faults().doublesWrites(1);
            slowly(c, "SET n2/cordoned yes", Duration.ofMillis(100));
        });
        assertThat(t.report().doubled()).isEqualTo(1);
        assertThat(t.outcome().isSuccess()).isFalse();
    }

    @Test
    void aWriteGapOverItsLimitTakesTheRunBack() {
        Told t = tell(
                PatchRequest.to("1.1")
                        .probe(ProbeSettings.defaults()
                                .every(Duration.ofMillis(1))
                                .sloMaxWriteGap(Duration.ofMillis(300))),
                c -> slowly(c, "SET cluster/writes held", Duration.ofMillis(800)));
        assertThat(t.outcome().status()).as(t.outcome().summary()).isEqualTo(RunStatus.ROLLED_BACK);
        assertThat(t.outcome().summary()).contains("GDS-SLO-WRITE-GAP");
        Invariants.check(t.cluster(), t.world().record(t.outcome().run()));
    }
}
