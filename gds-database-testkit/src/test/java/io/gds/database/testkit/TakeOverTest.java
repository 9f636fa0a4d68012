package io.gds.database.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.plan.BracketEnd;
import io.gds.database.plan.Finding;
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
import io.gds.database.spi.Prepared;
import io.gds.database.spi.Probed;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process dies while a bracket is open that makes clients wait: whoever takes over closes it before anything else. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TakeOverTest {
    private final Scripted pauses = new Scripted("test.pause@1");
    private final Scripted resumes = new Scripted("test.resume@1");
    private final Scripted moves = new Scripted("test.move@1");
    private final Scripted movesBack = new Scripted("test.move-back@1");
    private final Scripted fails = new Scripted("test.fail@1");
    private final List<String> deeds = new ArrayList<>();
    private boolean paused;

    TakeOverTest() {
        pauses.apply = c -> {
            deeds.add("pause");
            paused = true;
            return Params.empty();
        };
        resumes.apply = c -> {
            deeds.add("resume");
            paused = false;
            return Params.empty();
        };
        moves.apply = this::move;
        movesBack.apply = this::move;
        fails.prepare = c -> Prepared.refuse(Finding.block("TEST", "x", "no", "yes", "none."));
    }

    private Params move(StepContext<FakeEngine> c) {
        deeds.add(paused ? "move" : "move without pause");
        return Params.empty();
    }

    private Function<StepContext<FakeEngine>, Params> dies(Function<StepContext<FakeEngine>, Params> after) {
        return c -> {
            Params done = after.apply(c);
            throw new SimulatedCrash("inside the bracket, with " + done);
        };
    }

    private Bench bench() {
        return new Bench(2, b -> {}, w -> w.handler(pauses)
                .handler(resumes)
                .handler(moves)
                .handler(movesBack)
                .handler(fails));
    }

    private static Step.Builder step(String id, String action, String... after) {
        Step.Builder b = Step.of(id, "test." + action + "@1", id);
        for (String a : after) {
            b.after(StepId.of(a));
        }
        return b;
    }

    private static Plan.Builder plan(Bench b, String... before) {
        return b.plan()
                .step(step("pause", "pause", before)
                        .bracket(new BracketEnd("pause", BracketEnd.Side.OPENS, Urgency.BLOCKING))
                        .build())
                .step(step("move", "move", "pause")
                        .undo("test.move-back@1", Params.empty())
                        .build())
                .step(step("resume", "resume", "move")
                        .bracket(new BracketEnd("pause", BracketEnd.Side.CLOSES, Urgency.BLOCKING))
                        .build());
    }

    private void dies(Bench b, Plan plan) {
        assertThatThrownBy(() -> b.execute(plan)).isInstanceOf(SimulatedCrash.class);
        deeds.add("died");
    }

    private RunOutcome takeOver(Bench b) {
        try (SimulatedProcess next = b.world.process()) {
            return next.patcher().resume(b.run(), RunListener.none());
        }
    }

    @Test
    void whatWasNotDoneIsDoneInsideANewBracket() {
        try (Bench b = bench()) {
            moves.apply = dies(c -> Params.empty());
            dies(b, plan(b).build());
            moves.apply = this::move;
            assertThat(takeOver(b).status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(deeds).containsExactly("pause", "died", "resume", "pause", "move", "resume");
        }
    }

    /** A closer knows both what was before it all and the opening that it closes. */
    @Test
    void whatIsClosedIsTheLatestOpening() {
        List<String> closed = new ArrayList<>();
        int[] openings = {0};
        pauses.prepare = c -> Prepared.proceed(Params.of("opening", ++openings[0]));
        resumes.prepare = c -> {
            closed.add(
                    c.firstFacts().integer("opening") + " " + c.openingFacts().integer("opening"));
            return Prepared.proceed(Params.empty());
        };
        try (Bench b = bench()) {
            moves.apply = dies(c -> Params.empty());
            dies(b, plan(b).build());
            moves.apply = this::move;
            assertThat(takeOver(b).status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(b.patcher()
                            .rollback(b.run(), Scenario.kim(), RunListener.none())
                            .status())
                    .isEqualTo(RunStatus.ROLLED_BACK);
            assertThat(closed).containsExactly("1 1", "1 2", "1 3");
        }
    }

    @Test
    void nothingIsLookedAtBeforeItIsClosed() {
        try (Bench b = bench()) {
            moves.apply = dies(c -> Params.empty());
            dies(b, plan(b).build());
            moves.apply = this::move;
            moves.probe = c -> {
                deeds.add("look");
                return Probed.notDone();
            };
            takeOver(b);
            assertThat(deeds).containsExactly("pause", "died", "resume", "look", "pause", "move", "resume");
        }
    }

    @Test
    void whatWasDoneNeedsNoNewBracket() {
        try (Bench b = bench()) {
            moves.apply = dies(this::move);
            moves.probe = c -> Probed.done();
            dies(b, plan(b).build());
            assertThat(takeOver(b).status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(deeds).containsExactly("pause", "move", "died", "resume");
            assertThat(b.state("pause")).isEqualTo(StepState.SKIPPED);
        }
    }

    @Test
    void whatWasDoneInPartGoesOnInsideANewBracket() {
        try (Bench b = bench()) {
            moves.apply = dies(c -> Params.empty());
            moves.probe = c -> Probed.partial("half way");
            dies(b, plan(b).build());
            moves.apply = this::move;
            assertThat(takeOver(b).status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(deeds).containsExactly("pause", "died", "resume", "pause", "move", "resume");
        }
    }

    @Test
    void anOpenerOfUnknownFateIsClosedToo() {
        try (Bench b = bench()) {
            Function<StepContext<FakeEngine>, Params> pause = pauses.apply;
            pauses.apply = dies(pause);
            dies(b, plan(b).build());
            pauses.apply = pause;
            assertThat(takeOver(b).status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(deeds).containsExactly("pause", "died", "resume", "pause", "move", "resume");
        }
    }

    @Test
    void aDeathWhileItIsClosedAheadChangesNothing() {
        try (Bench b = bench()) {
            Function<StepContext<FakeEngine>, Params> resume = resumes.apply;
            moves.apply = dies(c -> Params.empty());
            dies(b, plan(b).build());
            moves.apply = this::move;
            resumes.apply = dies(resume);
            assertThatThrownBy(() -> takeOver(b)).isInstanceOf(SimulatedCrash.class);
            resumes.apply = resume;
            resumes.probe = c -> paused ? Probed.notDone() : Probed.done();
            assertThat(takeOver(b).status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(deeds).containsExactly("pause", "died", "resume", "pause", "move", "resume");
        }
    }

    @Test
    void aCloserThatFindsNothingToDoIsReadyForTheNewBracket() {
        try (Bench b = bench()) {
            moves.apply = dies(c -> Params.empty());
            dies(b, plan(b).build());
            paused = false; // a timer of the bracket's own has closed it meanwhile
            moves.apply = this::move;
            resumes.prepare = c -> paused ? Prepared.proceed(Params.empty()) : Prepared.already("not paused");
            assertThat(takeOver(b).status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(deeds).containsExactly("pause", "died", "pause", "move", "resume");
        }
    }

    @Test
    void aCloserThatMustWaitClosesAtItsPlace() {
        try (Bench b = bench()) {
            moves.apply = dies(c -> Params.empty());
            moves.probe = c -> Probed.partial("no primary");
            dies(b, plan(b).build());
            moves.apply = this::move;
            resumes.prepare = c -> deeds.contains("move")
                    ? Prepared.proceed(Params.empty())
                    : Prepared.hold(new Blocked("no primary", "one", "the move", Duration.ofMillis(20)));
            assertThat(takeOver(b).status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(deeds).containsExactly("pause", "died", "move", "resume");
        }
    }

    @Test
    void theWayBackKeepsToItAsWell() {
        try (Bench b = bench()) {
            Plan plan = plan(b).step(step("fail", "fail", "resume").build()).build();
            movesBack.apply = dies(c -> Params.empty());
            dies(b, plan);
            movesBack.apply = this::move;
            assertThat(takeOver(b).status()).isEqualTo(RunStatus.ROLLED_BACK);
            assertThat(deeds)
                    .containsExactly("pause", "move", "resume", "pause", "died", "resume", "pause", "move", "resume");
            assertThat(b.events(RunEvent.Type.RUN_FINISHED)).hasSize(1);
        }
    }

    @Test
    void aWayBackAfterATakeOverClosesTheNewBracketFirst() {
        try (Bench b = bench()) {
            moves.apply = dies(c -> Params.empty());
            dies(b, plan(b).build());
            moves.prepare = c -> Prepared.refuse(Finding.block("TEST", "x", "no", "yes", "none."));
            moves.apply = this::move;
            assertThat(takeOver(b).status()).isEqualTo(RunStatus.ROLLED_BACK);
            assertThat(deeds).containsExactly("pause", "died", "resume", "pause", "resume");
            assertThat(paused).isFalse();
        }
    }

    @Test
    void nothingBeginsInsideABracketThatEndedByItself() {
        try (Bench b = bench()) {
            moves.prepare = c -> {
                b.clock.advance(
                        Duration.ofSeconds(5)); // looking took long, and a timer of the bracket's own was faster
                paused = false;
                return Prepared.proceed(Params.empty());
            };
            pauses.verify = c -> paused ? Verdict.holds() : Verdict.again("not paused");
            assertThat(b.execute(plan(b).build()).status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(deeds).containsExactly("pause", "pause", "move", "resume");
        }
    }

    @Test
    void whatIsOpenedAgainHasTriesOfItsOwn() {
        try (Bench b = bench()) {
            Function<StepContext<FakeEngine>, Params> pause = pauses.apply;
            boolean[] fails = {true};
            pauses.apply = c -> {
                if (fails[0]) {
                    fails[0] = false;
                    throw new IllegalStateException("too busy");
                }
                return pause.apply(c);
            };
            moves.apply = dies(c -> Params.empty());
            Plan plan = b.plan()
                    .step(step("pause", "pause")
                            .bracket(new BracketEnd("pause", BracketEnd.Side.OPENS, Urgency.BLOCKING))
                            .retry(new Retry(2, Duration.ZERO))
                            .build())
                    .step(step("move", "move", "pause").build())
                    .step(step("resume", "resume", "move")
                            .bracket(new BracketEnd("pause", BracketEnd.Side.CLOSES, Urgency.BLOCKING))
                            .build())
                    .build();
            dies(b, plan);
            fails[0] = true;
            moves.apply = this::move;
            assertThat(takeOver(b).status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(deeds).containsExactly("pause", "died", "resume", "pause", "move", "resume");
        }
    }
}
