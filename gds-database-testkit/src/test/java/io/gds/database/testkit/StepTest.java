package io.gds.database.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.core.RunOptions;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.BracketEnd;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Gate;
import io.gds.database.plan.OnFailure;
import io.gds.database.plan.Params;
import io.gds.database.plan.Plan;
import io.gds.database.plan.Retry;
import io.gds.database.plan.Step;
import io.gds.database.plan.StepId;
import io.gds.database.plan.Urgency;
import io.gds.database.run.Blocked;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.run.RunStatus;
import io.gds.database.run.StepState;
import io.gds.database.spi.NotNowException;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.Probed;
import io.gds.database.spi.Verdict;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Single steps in plans of the test's own. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StepTest {
    private final Scripted does = new Scripted("test.do@1");
    private final Scripted undoes = new Scripted("test.undo@1");
    private final Scripted fails = new Scripted("test.fail@1");

    StepTest() {
        fails.prepare = c -> Prepared.refuse(Finding.block("TEST", "x", "no", "yes", "none."));
    }

    private Bench bench() {
        return new Bench(2, b -> {}, w -> w.handler(does).handler(undoes).handler(fails));
    }

    private static Step.Builder does(String id, String... after) {
        Step.Builder b = Step.of(id, "test.do@1", "t").undo("test.undo@1", Params.empty());
        for (String a : after) {
            b.after(StepId.of(a));
        }
        return b;
    }

    private static Step fails(String id, String... after) {
        return failing(id, after).build();
    }

    private static Step.Builder failing(String id, String... after) {
        Step.Builder b = Step.of(id, "test.fail@1", "t");
        for (String a : after) {
            b.after(StepId.of(a));
        }
        return b;
    }

    private static RunOutcome ends(RunOutcome outcome, RunStatus as) {
        assertThat(outcome.status()).as(outcome.summary()).isEqualTo(as);
        return outcome;
    }

    @Test
    void verifyMayAskForMorePassesUpToTheLimit() {
        does.verify = c -> c.pass() < 3 ? Verdict.again("not enough yet") : Verdict.holds();
        try (Bench b = bench()) {
            ends(b.execute(b.plan().step(does("a").maxPasses(3).build()).build()), RunStatus.SUCCEEDED);
        }
        does.verify = c -> Verdict.again("never enough");
        try (Bench b = bench()) {
            RunOutcome outcome =
                    ends(b.execute(b.plan().step(does("a").maxPasses(2).build()).build()), RunStatus.ROLLED_BACK);
            assertThat(outcome.summary()).contains("GDS-PASSES-EXHAUSTED").contains("never enough");
            assertThat(b.state("a")).isEqualTo(StepState.UNDONE);
        }
    }

    @Test
    void anEffectProvenNotDoneIsTriedAgainWithBackoffAndThenFails() {
        does.apply = c -> {
            throw new IllegalStateException("refused");
        };
        try (Bench b = bench()) {
            Plan plan = b.plan()
                    .step(does("a").retry(new Retry(3, Duration.ofSeconds(5))).build())
                    .build();
            ends(b.execute(plan), RunStatus.ROLLED_BACK);
            assertThat(b.events(RunEvent.Type.STEP_ATTEMPT_FAILED)).hasSize(3);
            assertThat(Duration.between(
                            b.events(RunEvent.Type.STEP_ATTEMPT_FAILED).get(0).at(),
                            b.events(RunEvent.Type.STEP_ATTEMPT_FAILED).get(2).at()))
                    .isEqualTo(Duration.ofSeconds(15));
            assertThat(undoes.calls).as("a failed step may have had an effect").isNotEmpty();
        }
    }

    @Test
    void anEffectDoneInPartIsTriedAgainWithBackoffToo() {
        does.apply = c -> {
            throw new IllegalStateException("broke off");
        };
        does.probe = c -> Probed.partial("half");
        try (Bench b = bench()) {
            Plan plan = b.plan()
                    .step(does("a").retry(new Retry(3, Duration.ofSeconds(5))).build())
                    .build();
            ends(b.execute(plan), RunStatus.ROLLED_BACK);
            assertThat(Duration.between(
                            b.events(RunEvent.Type.STEP_ATTEMPT_FAILED).get(0).at(),
                            b.events(RunEvent.Type.STEP_ATTEMPT_FAILED).get(2).at()))
                    .isEqualTo(Duration.ofSeconds(15));
        }
    }

    private static NotNowException notNow() {
        return new NotNowException(
                "TEST-NOT-NOW",
                "it is not done",
                new Blocked("too early", "its time", "waiting", Duration.ofSeconds(3)));
    }

    @Test
    void anEffectForWhichItIsNotTheTimeWaitsAndCostsNoTry() {
        AtomicInteger asked = new AtomicInteger();
        does.apply = c -> {
            if (asked.incrementAndGet() < 6) {
                throw notNow();
            }
            return Params.empty();
        };
        try (Bench b = bench()) {
            Plan plan = b.plan().step(does("a").retry(Retry.never()).build()).build();
            ends(b.execute(plan), RunStatus.SUCCEEDED);
            assertThat(asked).hasValue(6);
            assertThat(b.events(RunEvent.Type.STEP_ATTEMPT_FAILED)).isEmpty();
            assertThat(does.calls).noneMatch(c -> c.startsWith("probe"));
            assertThat(Duration.between(
                            b.events(RunEvent.Type.STEP_INTENT).get(0).at(),
                            b.events(RunEvent.Type.STEP_APPLIED).get(0).at()))
                    .isEqualTo(Duration.ofSeconds(15));
        }
    }

    @Test
    void anEffectForWhichItIsNeverTheTimeFailsAndSaysForWhatItWaited() {
        does.apply = c -> {
            throw notNow();
        };
        try (Bench b = bench()) {
            Plan plan = b.plan()
                    .step(does("a").timeout(Duration.ofMinutes(1)).build())
                    .build();
            RunOutcome outcome = ends(b.execute(plan), RunStatus.ROLLED_BACK);
            assertThat(outcome.summary()).contains("GDS-STEP-TIMEOUT").contains("too early");
        }
    }

    @Test
    void aRunThatIsCancelledDoesNotWaitForTheTimeOfAnEffect() {
        AtomicInteger asked = new AtomicInteger();
        try (Bench b = bench()) {
            does.apply = c -> {
                if (asked.incrementAndGet() == 2) {
                    b.patcher().cancel(b.run(), Scenario.kim());
                }
                throw notNow();
            };
            Plan plan =
                    b.plan().step(does("a").timeout(Duration.ofDays(1)).build()).build();
            ends(b.execute(plan), RunStatus.CANCELLED);
            assertThat(asked.get()).isLessThan(5);
        }
    }

    /** What it waited for before is no reason to leave it half done. */
    @Test
    void aRunThatIsCancelledFinishesWhatWasDoneInPart() {
        AtomicInteger asked = new AtomicInteger();
        try (Bench b = bench()) {
            does.apply = c -> {
                switch (asked.incrementAndGet()) {
                    case 1 -> throw notNow();
                    case 2 -> throw new IllegalStateException("broke off");
                    default -> {
                        return Params.empty();
                    }
                }
            };
            does.probe = c -> {
                b.patcher().cancel(b.run(), Scenario.kim());
                return Probed.partial("half");
            };
            Plan plan = b.plan()
                    .step(does("a").retry(new Retry(3, Duration.ofSeconds(5))).build())
                    .build();
            ends(b.execute(plan), RunStatus.CANCELLED);
            assertThat(asked).hasValue(3);
            assertThat(b.events(RunEvent.Type.STEP_FAILED)).isEmpty();
        }
    }

    @Test
    void aLostAnswerIsProbedAndNotRepeated() {
        AtomicInteger effects = new AtomicInteger();
        does.apply = c -> {
            effects.incrementAndGet();
            throw new IllegalStateException("connection reset");
        };
        does.probe = c -> effects.get() > 0 ? Probed.done() : Probed.notDone();
        try (Bench b = bench()) {
            ends(b.execute(b.plan().step(does("a").build()).build()), RunStatus.SUCCEEDED);
            assertThat(effects).hasValue(1);
        }
    }

    @Test
    void aStepThatWaitsTooLongFailsAndSaysForWhat() {
        does.verify = c -> Verdict.notYet(new Blocked("it hangs", "it runs", "patience", Duration.ofSeconds(10)));
        try (Bench b = bench()) {
            RunOutcome outcome = ends(
                    b.execute(b.plan()
                            .step(does("a").timeout(Duration.ofMinutes(5)).build())
                            .build()),
                    RunStatus.ROLLED_BACK);
            assertThat(outcome.summary()).contains("GDS-STEP-TIMEOUT").contains("it hangs");
        }
    }

    @Test
    void anUnknownOutcomeHaltsUntilSomebodySettlesIt() {
        does.apply = c -> {
            throw new IllegalStateException("connection reset");
        };
        does.probe = c -> Probed.unknown("both could be", "a look at the member");
        for (boolean done : new boolean[] {true, false}) {
            try (Bench b = bench()) {
                RunOutcome.Undetermined u = (RunOutcome.Undetermined) b.execute(b.plan()
                        .step(does("a").build())
                        .step(does("b", "a").build())
                        .build());
                assertThat(u.step()).isEqualTo("a");
                assertThat(u.observed()).isEqualTo("both could be");
                assertThat(b.world.claims(b.run()))
                        .as("nobody else may touch it")
                        .hasSize(1);
                assertThatThrownBy(() -> b.patcher().settle(b.run(), "b", true, Scenario.kim(), RunListener.none()))
                        .isInstanceOfSatisfying(GdsDatabaseException.class, e -> assertThat(e.code())
                                .isEqualTo("GDS-SETTLE"));
                AtomicBoolean settled = new AtomicBoolean(true);
                does.apply = c -> Params.of("settled", settled.get());
                ends(b.patcher().settle(b.run(), "a", done, Scenario.kim(), RunListener.none()), RunStatus.SUCCEEDED);
                does.apply = c -> {
                    throw new IllegalStateException("connection reset");
                };
            }
        }
    }

    @Test
    void aFailedStepOfTheWayBackCanBeRetriedByName() {
        undoes.prepare = fails.prepare;
        try (Bench b = bench()) {
            ends(
                    b.execute(b.plan()
                            .step(does("a").build())
                            .step(fails("b", "a"))
                            .build()),
                    RunStatus.FAILED);
            assertThat(b.state("back:a")).isEqualTo(StepState.FAILED);
            undoes.prepare = c -> Prepared.proceed(Params.empty());
            ends(b.patcher().retry(b.run(), "back:a", Scenario.kim(), RunListener.none()), RunStatus.ROLLED_BACK);
            assertThat(b.state("a")).isEqualTo(StepState.UNDONE);
            assertThat(b.world.claims(b.run())).isEmpty();
        }
    }

    /** Its first step is undone for the second one. */
    private Plan.Builder withALaneThatFails(Bench b) {
        return b.plan()
                .step(does("a1").lane("a").build())
                .step(failing("a2", "a1")
                        .lane("a")
                        .onFailure(OnFailure.STOP_LANE)
                        .build());
    }

    @Test
    void aFailedLaneGoesBackWhileOthersGoOn() {
        try (Bench b = bench()) {
            Plan plan = withALaneThatFails(b)
                    .step(does("b1").lane("b").build())
                    .step(does("end", "a2", "b1").lane("end").build())
                    .build();
            ends(b.execute(plan), RunStatus.PARTIAL);
            assertThat(b.state("a1")).isEqualTo(StepState.UNDONE);
            assertThat(b.state("b1")).isEqualTo(StepState.VERIFIED);
            assertThat(b.state("end")).isEqualTo(StepState.VERIFIED);
        }
    }

    /** What is under way in a lane is nobody's business but its own. */
    @Test
    void aLaneThatGoesBackInterruptsNobodyElse() throws Exception {
        CountDownLatch goesBack = new CountDownLatch(1);
        Scripted slow = new Scripted("test.slow@1");
        slow.apply = c -> {
            await(goesBack);
            c.fence();
            return Params.empty();
        };
        ExecutorService threads = Executors.newCachedThreadPool();
        try (Bench b = new Bench(
                2, p -> {}, w -> w.handler(does).handler(undoes).handler(fails).handler(slow))) {
            b.process.withThreads(threads, x -> {});
            Plan plan = withALaneThatFails(b)
                    .step(Step.of("b1", "test.slow@1", "n1").lane("b").build())
                    .build();
            RunOutcome outcome = b.patcher().execute(plan, RunOptions.none(), e -> {
                if (e.type() == RunEvent.Type.WAY_BACK_STARTED) {
                    goesBack.countDown();
                }
            });
            ends(outcome, RunStatus.PARTIAL);
            assertThat(b.state("a1")).isEqualTo(StepState.UNDONE);
            assertThat(b.state("b1")).isEqualTo(StepState.VERIFIED);
            assertThat(b.order(RunEvent.Type.STEP_ATTEMPT_FAILED)).doesNotContain("b1");
        } finally {
            threads.shutdown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES))
                    .as("the lane beside it went back")
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Test
    void aFailureThatMayBePassedOverDoesNotStopTheRun() {
        try (Bench b = bench()) {
            Plan plan = b.plan()
                    .step(failing("a").onFailure(OnFailure.CONTINUE).build())
                    .step(does("b", "a").build())
                    .build();
            ends(b.execute(plan), RunStatus.PARTIAL);
            assertThat(b.state("b")).isEqualTo(StepState.VERIFIED);
        }
    }

    @Test
    void theWayBackStopsAtTheSealAndSaysSo() {
        try (Bench b =
                new Bench(2, p -> p.check("open", t -> io.gds.database.gate.GateCheck.Answer.OPEN), w -> w.handler(does)
                        .handler(undoes)
                        .handler(fails))) {
            Plan plan = b.plan()
                    .step(does("a").build())
                    .step(does("sealed", "a")
                            .seal()
                            .gate(new Gate("before-seal", io.gds.database.gate.Gates.check("open")))
                            .build())
                    .step(does("c", "sealed").build())
                    .step(fails("d", "c"))
                    .build();
            RunOutcome.RolledBack outcome = (RunOutcome.RolledBack) ends(b.execute(plan), RunStatus.ROLLED_BACK);
            assertThat(outcome.ledTo()).isEqualTo("the seal sealed");
            assertThat(b.state("c")).isEqualTo(StepState.UNDONE);
            assertThat(b.state("sealed")).isEqualTo(StepState.VERIFIED);
            assertThat(b.state("a")).isEqualTo(StepState.VERIFIED);
        }
    }

    @Test
    void urgentBracketsCloseBeforeAnythingElseOfTheWayBack() {
        try (Bench b = bench()) {
            Plan plan = b.plan()
                    .step(does("calm-open").opens("calm").build())
                    .step(does("urgent-open", "calm-open")
                            .bracket(new BracketEnd("urgent", BracketEnd.Side.OPENS, Urgency.URGENT))
                            .build())
                    .step(does("effect", "urgent-open").build())
                    .step(fails("fails", "effect"))
                    .step(does("urgent-close", "fails")
                            .bracket(new BracketEnd("urgent", BracketEnd.Side.CLOSES, Urgency.URGENT))
                            .build())
                    .step(does("calm-close", "urgent-close").closes("calm").build())
                    .build();
            ends(b.execute(plan), RunStatus.ROLLED_BACK);
            assertThat(b.order(RunEvent.Type.STEP_VERIFIED))
                    .containsSubsequence("back:urgent-open", "back:effect", "back:calm-open");
        }
    }

    @Test
    void aCountedLockLetsOnlySoManyWorkAtTheSameTime() {
        AtomicInteger open = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        does.prepare = c -> {
            most.accumulateAndGet(open.incrementAndGet(), Math::max);
            return Prepared.proceed(Params.empty());
        };
        does.verify = c -> {
            open.decrementAndGet();
            return Verdict.holds();
        };
        try (Bench b = bench()) {
            Plan.Builder plan = b.plan().lock("slots", 2);
            for (int i = 0; i < 6; i++) {
                plan.step(does("s" + i).lock("slots", 1).build());
            }
            ends(b.execute(plan.build()), RunStatus.SUCCEEDED);
            assertThat(most).hasValue(2);
        }
    }
}
