package io.gds.database.testkit;

import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.DryRunReport;
import io.gds.database.core.Rehearsal;
import io.gds.database.core.RunOptions;
import io.gds.database.error.ClaimHeldException;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.gate.Gates;
import io.gds.database.plan.Finding;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.Plan;
import io.gds.database.plan.Strategy;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunId;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.run.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole runs: admission, claims, cancel, rollback, listeners, many runs. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RunTest {
    private static final PatchRequest SOAKED =
            Stories.to11().strategy(Strategy.canary(1).gate(Gates.elapsed(ofHours(12))));

    @Test
    void aSecondRunOnTheSameClusterIsRefusedNamingWhoHasIt() {
        try (Bench b = new Bench(3)) {
            b.execute(SOAKED);
            Plan second = b.plan(SOAKED);
            assertThatThrownBy(() -> b.execute(second)).isInstanceOfSatisfying(ClaimHeldException.class, e -> {
                assertThat(e.run()).isEqualTo(b.run().value());
                assertThat(e.holder()).contains("nobody");
                assertThat(e.since()).isNotNull();
                assertThat(e.getMessage()).contains("cluster:fake:orders");
            });
            assertThat(b.world.runs()).hasSize(1);
        }
    }

    @Test
    void aLiveRunCannotBeTakenOver() {
        try (Bench b = new Bench(3)) {
            List<Throwable> refused = new ArrayList<>();
            b.cluster.observe(e -> {
                if (refused.isEmpty()) {
                    try (SimulatedProcess other = b.world.process(Mishaps.none(), "elsewhere")) {
                        other.patcher().resume(b.run(), RunListener.none());
                    } catch (ClaimHeldException held) {
                        refused.add(held);
                        assertThat(held.holder()).isEqualTo("p1");
                        assertThat(held.host()).isEqualTo("host/simulated");
                    }
                }
            });
            assertThat(b.execute(Stories.to11()).status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(refused).hasSize(1);
        }
    }

    @Test
    void aBrokenClaimLetsAnotherRunBegin() {
        try (Bench b = new Bench(3)) {
            b.execute(SOAKED);
            RunId stuck = b.run();
            b.patcher().breakClaim(stuck, Scenario.kim());
            assertThat(b.execute(Stories.to11()).status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(b.world.record(stuck).events())
                    .anyMatch(e -> e.data().toString().contains("broken by kim"));
        }
    }

    @Test
    void aFindingMustBeAcknowledgedByName() {
        try (Bench b = new Bench(3, p -> p.backupCheck(java.util.Optional::empty, ofHours(26)))) {
            Plan plan = b.plan(Stories.to11());
            assertThat(plan.findings()).extracting(Finding::id).contains("GDS-BACKUP");
            assertThatThrownBy(() -> b.execute(plan))
                    .isInstanceOfSatisfying(GdsDatabaseException.class, e -> assertThat(e.code())
                            .isEqualTo("GDS-FINDINGS"));
            assertThat(b.world.runs()).isEmpty();
            RunOptions yes = RunOptions.none().acknowledge("GDS-BACKUP", Scenario.kim());
            assertThat(b.patcher().execute(plan, yes, RunListener.none()).status())
                    .isEqualTo(RunStatus.SUCCEEDED);
            assertThat(b.events(RunEvent.Type.FINDING_ACKNOWLEDGED)).hasSize(1);
        }
    }

    @Test
    void whatWasAcknowledgedIsThereHoweverEarlyTheProcessDies() {
        for (CrashPoint.Moment moment : List.of(CrashPoint.Moment.BEFORE_WRITE, CrashPoint.Moment.AFTER_WRITE)) {
            SettableClock clock = new SettableClock();
            FakeCluster cluster = FakeCluster.of("orders", 3, "1.0", clock).target("1.1");
            try (Simulation world = Simulation.inMemory(clock, cluster);
                    SimulatedProcess first = world.processThatDies(new CrashPoint(moment, 1))
                            .with(p -> p.backupCheck(java.util.Optional::empty, ofHours(26)));
                    DatabaseEngine engine = first.open(cluster.reference())) {
                Plan plan = first.patcher().plan(engine, Stories.to11());
                RunOptions yes = RunOptions.none().acknowledge("GDS-BACKUP", Scenario.kim());
                assertThatThrownBy(() -> first.patcher().execute(plan, yes, RunListener.none()))
                        .isInstanceOf(SimulatedCrash.class);
                for (RunId run : world.runs()) {
                    assertThat(world.record(run).events())
                            .extracting(RunEvent::type)
                            .containsExactly(RunEvent.Type.RUN_CREATED, RunEvent.Type.FINDING_ACKNOWLEDGED);
                }
                assertThat(world.runs()).hasSize(moment == CrashPoint.Moment.AFTER_WRITE ? 1 : 0);
            }
        }
    }

    @Test
    void aRefusedRunGivesItsClaimsBackHoweverLateTheProcessDies() {
        for (int write = 1; ; write++) {
            SettableClock clock = new SettableClock();
            FakeCluster cluster = FakeCluster.of("orders", 3, "1.0", clock).target("1.1");
            try (Simulation world = Simulation.inMemory(clock, cluster);
                    SimulatedProcess first =
                            world.processThatDies(new CrashPoint(CrashPoint.Moment.AFTER_WRITE, write));
                    DatabaseEngine engine = first.open(cluster.reference())) {
                Plan plan = first.patcher().plan(engine, Stories.to11());
                cluster.kill("n3");
                boolean died = false;
                try {
                    first.patcher().execute(plan, RunOptions.none(), RunListener.none());
                } catch (SimulatedCrash e) {
                    died = true;
                }
                RunId run = world.runs().get(0);
                if (world.record(run).status() == RunStatus.FAILED) {
                    assertThat(world.claims(run))
                            .as("whoever sees it as failed finds the cluster free, death after write " + write)
                            .isEmpty();
                }
                if (!died) {
                    assertThat(write).isGreaterThan(5);
                    return;
                }
                try (SimulatedProcess next = world.process()) {
                    assertThat(next.patcher().resume(run, RunListener.none()).status())
                            .isEqualTo(RunStatus.FAILED);
                    assertThat(world.claims(run)).isEmpty();
                }
            }
        }
    }

    @Test
    void aBlockingFindingRefusesThePlanAndTheDryRunSaysSo() {
        try (Bench b = new Bench(3)) {
            Plan early = b.plan(Stories.to11());
            b.cluster.kill("n3");
            assertThatThrownBy(() -> b.execute(b.plan(Stories.to11()))).hasMessageContaining("FAKE-FOLLOWS");
            DryRunReport report = b.patcher().dryRun(early);
            assertThat(report.isSuccess()).isFalse();
            assertThat(report.steps()).hasSize(early.steps().size());
            RunOutcome outcome = b.execute(early);
            assertThat(outcome.status())
                    .as("refused before it touched anything")
                    .isEqualTo(RunStatus.FAILED);
            assertThat(outcome.summary()).contains("FAKE-FOLLOWS");
            assertThat(b.world.claims(b.run())).isEmpty();
            assertThat(b.cluster.effects()).filteredOn(Effect::byUs).isEmpty();
        }
    }

    @Test
    void allAtOnceIsRefusedInProduction() {
        try (Bench b = new Bench(3)) {
            assertThatThrownBy(() -> b.plan(Stories.to11().strategy(Strategy.allAtOnce())))
                    .isInstanceOfSatisfying(GdsDatabaseException.class, e -> assertThat(e.code())
                            .isEqualTo("GDS-STRATEGY-REFUSED"));
        }
    }

    @Test
    void aCancelledRunCanBeTakenBackAfterwards() {
        try (Bench b = new Bench(3)) {
            b.execute(SOAKED);
            b.patcher().cancel(b.run(), Scenario.kim());
            assertThat(b.resume().status()).isEqualTo(RunStatus.CANCELLED);
            b.check();
            assertThat(b.cluster.running("n2").orElseThrow()).hasToString("1.1");
            RunOutcome outcome = b.patcher().rollback(b.run(), Scenario.kim(), RunListener.none());
            assertThat(outcome.status()).as(outcome.summary()).isEqualTo(RunStatus.ROLLED_BACK);
            b.check();
        }
    }

    @Test
    void aFailureThatIsKeptCanBeTakenBackAfterwards() {
        try (Bench b = new Bench(3)) {
            b.cluster.faults().startFails("n3", "1.1");
            RunOutcome kept = b.execute(Stories.to11().keepOnFailure());
            assertThat(kept.status()).isEqualTo(RunStatus.FAILED);
            RunOutcome outcome = b.patcher().rollback(b.run(), Scenario.kim(), RunListener.none());
            assertThat(outcome.status()).as(outcome.summary()).isEqualTo(RunStatus.ROLLED_BACK);
            b.check();
        }
    }

    @Test
    void aFailedStepCanBeRetriedAndTheRunSucceedsAfterAll() {
        try (Bench b = new Bench(3)) {
            b.cluster.faults().neverStops("n3");
            RunOutcome kept = b.execute(Stories.to11().keepOnFailure());
            assertThat(kept.status()).isEqualTo(RunStatus.FAILED);
            assertThat(b.world.claims(b.run()))
                    .as("a failed run keeps its cluster")
                    .hasSize(1);
        }
    }

    @Test
    void aPatchedClusterIsLeftAlone() {
        try (Bench b = new Bench(3)) {
            b.execute(Stories.to11());
            int effects = b.cluster.effects().size();
            assertThat(b.execute(Stories.to11()).status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(b.cluster.effects().stream().skip(effects).map(Effect::kind))
                    .containsOnly(Effect.Kind.SET);
        }
    }

    @Test
    void aListenerThatThrowsChangesNothing() {
        try (Bench b = new Bench(3)) {
            List<RunEvent> heard = new ArrayList<>();
            RunListener deaf = e -> {
                throw new IllegalStateException("deaf");
            };
            RunOutcome outcome = b.patcher().execute(b.plan(Stories.to11()), RunListener.all(deaf, heard::add));
            assertThat(outcome.status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(heard.stream()
                            .filter(e -> e.seq() > 0)
                            .map(RunEvent::seq)
                            .toList())
                    .isSorted()
                    .hasSize(b.events(e -> e.seq() > 1).size());
        }
    }

    @Test
    void aRehearsalMeasuresAndLeavesNoClone() {
        try (Bench b = new Bench(3)) {
            Plan plan = b.plan(Stories.to11());
            Rehearsal r = b.patcher().rehearse(plan);
            assertThat(r.isSuccess()).as(r.outcome().summary()).isTrue();
            assertThat(r.plan().hash()).isEqualTo(plan.hash());
            assertThat(r.plan().estimates().total()).isPositive();
            assertThat(b.cluster.snapshot()).isEqualTo(b.cluster.found());
        }
    }

    @Test
    void aClosedProcessParksItsRunAndAnotherCarriesOn() {
        try (Bench b = new Bench(3)) {
            b.cluster.observe(e -> {
                if (e.number() == 5) {
                    b.process.close();
                }
            });
            RunOutcome outcome = b.execute(Stories.to11());
            assertThat(outcome.status()).isEqualTo(RunStatus.WAITING);
            try (SimulatedProcess next = b.world.process()) {
                Map<RunId, RunOutcome> resumed = next.patcher().resumeDue(RunListener.none());
                assertThat(resumed.get(b.run()).status()).isEqualTo(RunStatus.SUCCEEDED);
            }
            b.check();
        }
    }

    @Test
    void wavesWorkOnSeveralMembersAtTheSameTimeOnRealThreads() {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (Bench b = new Bench(5)) {
            b.cluster.allowDown(2);
            b.process.withThreads(threads, x -> {});
            RunOutcome outcome = b.execute(Stories.to11().strategy(Strategy.waves(2)));
            assertThat(outcome.status()).as(outcome.summary()).isEqualTo(RunStatus.SUCCEEDED);
            b.check();
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void tenThousandWaitingRunsAreListed() {
        try (Bench b = new Bench(2)) {
            Plan plan = b.plan(SOAKED);
            for (int i = 0; i < 10_000; i++) {
                b.world
                        .store()
                        .create(
                                RunId.of("w" + i),
                                plan,
                                List.of("c" + i),
                                List.of(new io.gds.database.core.internal.journal.Draft(
                                        RunEvent.Type.RUN_CREATED,
                                        null,
                                        io.gds.database.plan.Params.empty(),
                                        b.clock.instant())));
            }
            assertThat(b.patcher().runs().list()).hasSize(10_000);
            assertThat(b.patcher().runs().list(RunStatus.RUNNING)).hasSize(10_000);
        }
    }
}
