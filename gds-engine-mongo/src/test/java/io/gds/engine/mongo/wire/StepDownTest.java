package io.gds.engine.mongo.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.ProbeSettings;
import io.gds.database.run.RunOutcome;
import io.gds.database.run.WriteReport;
import io.gds.database.spi.Probed;
import io.gds.database.spi.Verdict;
import io.gds.database.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The change of roles when the primary refuses it, when its answer is lost, and when nobody is elected for a while. */
class StepDownTest {
    private static final String STEP_DOWN = "replSetStepDown";

    @TempDir
    Path directory;

    private final FakeSet set = Played.three("6.0.5", Clock.systemUTC());
    private final Played p = new Played(set, Clock.systemUTC(), "6.0.5", "6.0.27");

    @AfterEach
    void close() {
        assertThat(set.sends().unknown()).isEmpty();
        p.close();
    }

    private List<Document> stepDowns() {
        return set.sends().of(STEP_DOWN).stream().map(Sent::command).toList();
    }

    private List<Document> forced() {
        return stepDowns().stream().filter(d -> d.getBoolean("force", false)).toList();
    }

    private void patched(RunOutcome outcome) {
        assertThat(outcome.isSuccess()).as(outcome.toString()).isTrue();
        assertThat(set.members()).extracting(FakeMember::running).containsOnly("6.0.27");
        assertThat(set.primary()).contains("m2");
        assertThat(forced()).isEmpty();
    }

    @Test
    void nobodyCaughtUpAtFirst() {
        set.member("m1").faults().refuse(STEP_DOWN, 2, Refusals.nobodyCaughtUp());
        patched(p.run(Played.to("6.0.27"), directory));
        assertThat(stepDowns()).hasSize(3);
    }

    @Test
    void nobodyEverCatchesUp() {
        set.member("m1").faults().refuse(STEP_DOWN, Faults.FOR_EVER, Refusals.nobodyCaughtUp());
        RunOutcome outcome = p.run(Played.to("6.0.27"), directory);
        assertThat(outcome).as(outcome.toString()).isInstanceOf(RunOutcome.RolledBack.class);
        assertThat(((RunOutcome.RolledBack) outcome).cause()).satisfies(f -> {
            assertThat(f.id()).isEqualTo("GDS-STEP-FAILED");
            assertThat(f.subject()).isEqualTo("switchover");
            assertThat(f.observed())
                    .contains("member m1 refuses replSetStepDown: No electable secondaries caught up")
                    .contains("(262 ExceededTimeLimit)");
        });
        assertThat(stepDowns()).hasSize(5);
        assertThat(forced()).isEmpty();
        assertThat(set.primary()).contains("m1");
        assertThat(set.term()).isEqualTo(1);
        assertThat(set.members()).extracting(FakeMember::running).containsOnly("6.0.5");
    }

    /** Each try asks in order first; the name is for the one that is refused. */
    @Test
    void forcedOnlyByName() {
        set.member("m1").faults().refuse(STEP_DOWN, 1, Refusals.nobodyCaughtUp());
        PatchRequest request = Played.to("6.0.27").override("force-step-down", "kim", "the rack is to be switched off");
        RunOutcome outcome = p.run(request, directory);
        assertThat(outcome.isSuccess()).as(outcome.toString()).isTrue();
        assertThat(stepDowns()).hasSize(2);
        assertThat(stepDowns().get(0)).containsEntry("force", false);
        assertThat(forced()).containsExactly(stepDowns().get(1));
    }

    @Test
    void theNameForcesNothingThatGoesInOrder() {
        patched(p.run(Played.to("6.0.27").override("force-step-down", "kim", "just in case"), directory));
        assertThat(stepDowns()).hasSize(1);
    }

    @Test
    void anotherNameForcesNothing() {
        set.member("m1").faults().refuse(STEP_DOWN, 1, Refusals.nobodyCaughtUp());
        patched(p.run(Played.to("6.0.27").override("lose-majority", "kim", "another thing"), directory));
        assertThat(stepDowns()).hasSize(2);
    }

    @Test
    void answerLost() {
        set.member("m1").faults().loseAnswer(STEP_DOWN, 1);
        patched(p.run(Played.to("6.0.27"), directory));
        assertThat(stepDowns()).hasSize(1);
    }

    @Test
    void requestLost() {
        set.member("m1").faults().loseRequest(STEP_DOWN, 1);
        patched(p.run(Played.to("6.0.27"), directory));
        assertThat(stepDowns()).hasSize(2);
    }

    /** Those that were kept from standing for election must be so at the end of a long wait, too. */
    @Test
    void eachTryBeginsTheFreezeAnew() {
        set.member("m1").faults().refuse(STEP_DOWN, 2, Refusals.nobodyCaughtUp());
        patched(p.run(Played.to("6.0.27"), directory));
        List<String> sent = set.sends().changes().stream().map(Sent::toString).toList();
        assertThat(IntStream.range(0, sent.size())
                        .filter(i -> sent.get(i).contains(STEP_DOWN))
                        .mapToObj(i -> sent.get(i - 2)))
                .as(sent.toString())
                .hasSize(3)
                .containsOnly("m3 replSetFreeze 60");
    }

    /** Elected meanwhile, although its turn to go down has come. */
    @Test
    void whoeverLeadsAndIsNextHandsOverBehindAFence() {
        PlayedStep ready = p.step("cluster.ready@1").with("member", "m1");
        p.verbs().revive(ready);
        assertThat(set.primary()).contains("m2");
        assertThat(ready.fences()).isEqualTo(1);
        assertThat(ready.told()).containsExactly("m1 was elected meanwhile; it hands over to m2");
    }

    @Test
    void whoeverLeadsAndIsNextLeadsOnWhileItIsInDoubtWhoDoes() {
        set.member("m1").stop();
        set.member("m1").start();
        set.member("m1").believes(1, "m1");
        PlayedStep ready = p.step("cluster.ready@1").with("member", "m2");
        p.verbs().revive(ready);
        assertThat(ready.told()).singleElement().asString().contains("m3 cannot take over yet");
        assertThat(p.verbs().alive(ready)).isInstanceOfSatisfying(Verdict.NotYet.class, n -> assertThat(
                        n.blocked().observed())
                .contains("say that they accept writes"));
        assertThat(stepDowns()).isEmpty();
    }

    /** What is said of a role is looked up; anything else is a try that failed, and is looked up by the runner. */
    @ParameterizedTest
    @ValueSource(ints = {72, 91, 189, 211, 10107, 11600, 11602})
    void refusedForAMoment(int code) {
        set.member("m1").faults().refuse(STEP_DOWN, 1, Refusals.of(code));
        PlayedStep step = p.step("cluster.switchover@1").allows("force-step-down");
        if (code == 72 || code == 211) {
            assertThatThrownBy(() -> p.verbs().switchOver("m1", "m2", true, step))
                    .hasMessageContaining("member m1 refuses replSetStepDown")
                    .hasMessageContaining("(" + code + " ");
        } else {
            p.verbs().switchOver("m1", "m2", true, step);
        }
        assertThat(p.verbs().switchedOver("m1", "m2", true, step)).isEqualTo(Verdict.again("m1 leads still"));
        assertThat(p.verbs().probeSwitchover("m1", "m2", true, step)).isEqualTo(Probed.notDone());
        p.verbs().switchOver("m1", "m2", true, step);
        assertThat(p.verbs().switchedOver("m1", "m2", true, step)).isInstanceOf(Verdict.Holds.class);
        assertThat(stepDowns()).hasSize(2);
        assertThat(forced()).isEmpty();
    }

    @Test
    void slowElectionIsWaitedForAndNamed() {
        SettableClock clock = new SettableClock();
        try (Played slow = new Played(Played.three("6.0.5", clock), clock, "6.0.5")) {
            slow.set().electionTakes(Duration.ofSeconds(40));
            PlayedStep step = slow.step("cluster.switchover@1");
            slow.verbs().switchOver("m1", "m2", true, step);
            for (int i = 0; i < 4; i++) {
                Verdict v = slow.verbs().switchedOver("m1", "m2", true, step);
                assertThat(v).isInstanceOfSatisfying(Verdict.NotYet.class, n -> {
                    assertThat(n.blocked().observed()).isEqualTo("nobody accepts writes yet");
                    assertThat(n.blocked().needed()).isEqualTo("the new primary alone");
                    assertThat(n.blocked().clears()).isEqualTo("an election");
                });
                assertThat(slow.verbs().probeSwitchover("m1", "m2", true, step).toString())
                        .contains("nobody accepts writes yet");
                clock.advance(Duration.ofSeconds(10));
            }
            assertThat(slow.verbs().switchedOver("m1", "m2", true, step)).isInstanceOf(Verdict.Holds.class);
            assertThat(slow.set().sends().of(STEP_DOWN)).hasSize(1);
        }
    }

    /** Nobody leads for two seconds, and the first writes after that lose their answers. */
    @Test
    void slowElectionIsMeasuredAndNoWriteIsLost() {
        set.electionTakes(Duration.ofSeconds(2));
        set.member("m2").faults().loseAnswer("insert", 2);
        RunOutcome outcome =
                p.run(Played.to("6.0.27").probe(ProbeSettings.defaults().every(Duration.ofMillis(20))), directory);
        patched(outcome);
        assertThat(stepDowns()).hasSize(1);
        assertThat(p.waits("switchover")).first().asString().contains("nobody accepts writes yet");
        WriteReport report = p.writes();
        assertThat(report.lost()).isZero();
        assertThat(report.doubled()).isZero();
        assertThat(report.longestGap()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(6));
    }

    @Test
    void somebodyElseIsElected() {
        set.member("m2").isBehind(1);
        set.member("m3").faults().loseRequest("replSetFreeze", 1);
        PlayedStep step = p.step("cluster.switchover@1");
        p.verbs().switchOver("m1", "m2", true, step);
        assertThat(step.told()).singleElement().asString().startsWith("m3 does not take a longer freeze: ");
        assertThat(set.primary()).contains("m3");
        assertThat(p.verbs().switchedOver("m1", "m2", true, step)).isInstanceOfSatisfying(Verdict.Broken.class, b -> {
            assertThat(b.finding().id()).isEqualTo("MONGO-OTHER-PRIMARY");
            assertThat(b.finding().observed()).isEqualTo("m3 was elected");
        });
        assertThat(stepDowns()).hasSize(1);
    }

    /** The one that is to take over already leads: nobody is told anything. */
    @Test
    void doneAlready() {
        set.member("m1").stop();
        set.member("m1").start();
        p.verbs().switchOver("m1", "m2", true, p.step("cluster.switchover@1"));
        assertThat(set.sends().changes()).isEmpty();
    }
}
