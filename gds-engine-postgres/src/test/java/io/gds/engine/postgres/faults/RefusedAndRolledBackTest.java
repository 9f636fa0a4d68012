package io.gds.engine.postgres.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gds.database.core.Journal;
import io.gds.database.core.RollingPatcher;
import io.gds.database.error.ClaimHeldException;
import io.gds.database.gate.Approval;
import io.gds.database.plan.Plan;
import io.gds.database.plan.ProbeSettings;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunId;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.run.RunStatus;
import io.gds.database.testkit.faults.Fault;
import io.gds.database.testkit.faults.HostProcess;
import io.gds.samples.embedded.Member;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs that must not begin, and runs that must go back. */
@Tag("slow")
class RefusedAndRolledBackTest {
    private static final String BROKEN = "17.12";

    private static Bed bed;

    @BeforeAll
    static void start() throws Exception {
        bed = Bed.start();
        bed.cluster().installBroken(BROKEN);
    }

    @AfterAll
    static void stop() throws Exception {
        bed.close();
    }

    @Test
    void versionThatDoesNotStartIsRolledBack() throws Exception {
        ClusterInvariants invariants = ClusterInvariants.of(bed);
        RunOutcome outcome = bed.patch(Patches.to(BROKEN), RunListener.none());
        invariants.asFound(outcome);
        assertThat(((RunOutcome.RolledBack) outcome).cause().id()).isEqualTo("GDS-STEP-FAILED");
        assertThat(outcome.summary()).as("the server's own words").contains("is broken on purpose");
    }

    @Test
    void secondOrchestratorIsRefused() throws Exception {
        ClusterInvariants invariants = ClusterInvariants.of(bed);
        String target = bed.other();
        try (HostProcess first = bed.host(target, "STEP_VERIFIED");
                Journal same = Journal.sqlite(bed.journal());
                RollingPatcher second = Patches.patcher(same)) {
            first.await("READY");
            first.tell("run");
            first.await("STOPPED");
            String run = second.runs().list(RunStatus.RUNNING).get(0).run().value();

            Plan plan = bed.plan(Patches.to(target));
            ClaimHeldException execute = catchThrowableOfType(
                    ClaimHeldException.class, () -> second.execute(plan, Patches.downgradesToo(), RunListener.none()));
            ClaimHeldException resume = catchThrowableOfType(
                    ClaimHeldException.class, () -> second.resume(RunId.of(run), RunListener.none()));
            for (ClaimHeldException held : List.of(execute, resume)) {
                assertThat(held.run()).isEqualTo(run);
                assertThat(held.holder()).contains(":" + first.pid() + ":");
                assertThat(held.host()).isNotEmpty().isNotEqualTo("none");
                assertThat(held.since()).isBetween(Instant.now().minusSeconds(120), Instant.now());
                assertThat(held).hasMessageContaining(run).hasMessageContaining(held.holder());
            }

            first.tell("go");
            List<String> line = first.next();
            while (!line.get(0).equals("OUTCOME")) {
                if (line.get(0).equals("STOPPED")) {
                    first.tell("go");
                }
                line = first.next();
            }
            invariants.patched(run, line.get(2), line.get(3), target);
        }
    }

    @Test
    void primaryMovedAfterPlanning() throws Exception {
        String target = bed.onOldVersion();
        Plan stale = bed.plan(Patches.to(target));
        bed.patch(Patches.to(target), RunListener.none()).orElseThrow(); // moves the primary
        ClusterInvariants invariants = ClusterInvariants.of(bed);
        RunOutcome outcome = bed.execute(stale, RunListener.none());
        refused(outcome, "GDS-PRIMARY-MOVED");
        invariants.untouched();
    }

    @Test
    void memberOfAnotherClusterAfterPlanning() throws Exception {
        ClusterInvariants invariants = ClusterInvariants.of(bed);
        Plan plan = bed.plan(Patches.to(bed.other()));
        Member n3 = bed.order(plan).get(1);
        try (Impostor impostor = Impostor.inPlaceOf(bed.cluster(), n3)) {
            RunOutcome outcome = bed.execute(plan, RunListener.none());
            refused(outcome, "GDS-TOPOLOGY-CHANGED");
            assertThat(impostor.isRunning()).isTrue();
        }
        invariants.untouched();
    }

    private static void refused(RunOutcome outcome, String finding) {
        assertThat(outcome).isInstanceOf(RunOutcome.Failed.class);
        assertThat(((RunOutcome.Failed) outcome).cause().id()).isEqualTo(finding);
        assertThat(bed.patcher().runs().find(outcome.run()).orElseThrow().events())
                .as("nothing was begun")
                .noneMatch(e -> e.type() == RunEvent.Type.STEP_INTENT);
    }

    @Test
    void tooLongAWriteGapIsRolledBack() throws Exception {
        ClusterInvariants invariants = ClusterInvariants.of(bed);
        Plan plan = bed.plan(Patches.to(bed.other())
                .probe(ProbeSettings.defaults().every(Duration.ofMillis(10)).sloMaxWriteGap(Duration.ofSeconds(2))));
        Member canary = bed.order(plan).get(0);
        Fault stall =
                Fault.at(RunEvent.Type.STEP_VERIFIED, canary.name() + "-start", RefusedAndRolledBackTest::stallWrites);
        RunOutcome outcome = bed.execute(plan, stall);
        stall.mustHaveHappened();
        invariants.asFound(outcome);
        assertThat(((RunOutcome.RolledBack) outcome).cause().id()).isEqualTo("GDS-SLO-WRITE-GAP");
    }

    private static void stallWrites() throws Exception {
        Member primary = bed.cluster().primary();
        String table =
                ClusterInvariants.texts(primary, ClusterInvariants.PROBE_TABLES).get(0);
        try (Connection c = primary.connect();
                Statement s = c.createStatement()) {
            c.setAutoCommit(false);
            s.execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
            s.execute("SELECT pg_sleep(2.5)");
            c.commit();
        }
    }

    @Test
    void lagThatNeverClosesIsRolledBack() throws Exception {
        ClusterInvariants invariants = ClusterInvariants.of(bed);
        Plan plan = bed.plan(Patches.to(bed.other()).memberTimeout(Duration.ofSeconds(8)));
        Member canary = bed.order(plan).get(0);
        Fault paused = Fault.at(RunEvent.Type.STEP_APPLIED, canary.name() + "-start", () -> {
            try (Connection c = canary.connect();
                    Statement s = c.createStatement()) {
                s.execute("SELECT pg_wal_replay_pause()");
            }
        });
        RunOutcome outcome = bed.execute(plan, paused);
        paused.mustHaveHappened();
        invariants.asFound(outcome);
        assertThat(((RunOutcome.RolledBack) outcome).cause().id()).isEqualTo("GDS-STEP-TIMEOUT");
    }

    @Test
    void finishedPatchIsTakenBackOnRequest() throws Exception {
        ClusterInvariants invariants = ClusterInvariants.of(bed);
        RunOutcome patched =
                bed.patch(Patches.to(bed.other()), RunListener.none()).orElseThrow();
        RunOutcome back = bed.patcher()
                .rollback(patched.run(), Approval.by("kim").because("the application misbehaves"), RunListener.none());
        invariants.asFound(back);
        assertThat(((RunOutcome.RolledBack) back).ledTo()).isEqualTo("as found");
    }
}
