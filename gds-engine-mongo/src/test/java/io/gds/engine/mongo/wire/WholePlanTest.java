package io.gds.engine.mongo.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.run.RunEvent;
import io.gds.database.run.RunOutcome;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole patches in which a member is odd at one moment. */
class WholePlanTest {
    @TempDir
    Path directory;

    private final FakeSet set = Played.three("6.0.5", Clock.systemUTC());
    private final Played p = new Played(set, Clock.systemUTC(), "6.0.5", "6.0.27");

    @AfterEach
    void close() {
        assertThat(set.sends().unknown()).isEmpty();
        assertThat(set.sends().of("replSetStepDown")).noneMatch(s -> s.command().getBoolean("force", false));
        p.close();
    }

    private static boolean is(RunEvent e, RunEvent.Type type, String step) {
        return e.type() == type && e.step().filter(step::equals).isPresent();
    }

    /** Whoever is asked while roles change breaks the question off; nothing is told twice for that. */
    @Test
    void questionsBrokenOffByTheElection() {
        RunOutcome outcome = p.run(Played.to("6.0.27"), directory, e -> {
            if (is(e, RunEvent.Type.STEP_APPLIED, "switchover")) {
                set.members()
                        .forEach(m -> m.faults().refuse("replSetGetStatus", 2, Refusals.interruptedByStateChange()));
            }
        });
        assertThat(outcome.isSuccess()).as(outcome.toString()).isTrue();
        assertThat(set.sends().of("replSetStepDown")).hasSize(1);
        assertThat(set.primary()).contains("m2");
    }

    /** The candidate might not win while others stand: the role stays where it is, and all is taken back. */
    @Test
    void memberThatCannotBeFrozen() {
        set.member("m3").faults().loseRequest("replSetFreeze", Faults.FOR_EVER);
        RunOutcome outcome = p.run(Played.to("6.0.27"), directory);
        assertThat(outcome).as(outcome.toString()).isInstanceOf(RunOutcome.RolledBack.class);
        assertThat(((RunOutcome.RolledBack) outcome).cause()).satisfies(f -> {
            assertThat(f.subject()).isEqualTo("election-open");
            assertThat(f.observed()).contains("member m3 does not answer replSetFreeze");
        });
        assertThat(set.sends().of("replSetStepDown")).isEmpty();
        assertThat(set.primary()).contains("m1");
        assertThat(set.term()).isEqualTo(1);
        assertThat(set.members()).extracting(FakeMember::running).containsOnly("6.0.5");
    }

    @Test
    void compatibilityThatSomebodyLeftHalfWayMustBeAcknowledged() {
        set.compatibility().is("5.0", "6.0");
        assertThat(p.verbs().preFlight(Played.to("6.0.27"))).hasSize(3).allSatisfy(f -> {
            assertThat(f.id()).isEqualTo("MONGO-FCV");
            assertThat(f.observed()).isEqualTo("its feature compatibility version is 5.0, half way to 6.0");
        });
        assertThatThrownBy(() -> p.run(Played.to("6.0.27"), directory)).hasMessageContaining("MONGO-FCV");
        assertThat(set.sends().changes()).isEqualTo(List.of());
    }

    /** Everybody leaves for a moment between plan and stop, which is an election like others. */
    @Test
    void electionBetweenTwoTurns() {
        set.electionTakes(Duration.ofMillis(700));
        RunOutcome outcome = p.run(Played.to("6.0.27"), directory, e -> {
            if (is(e, RunEvent.Type.STEP_VERIFIED, "m2-start")) {
                set.member("m1").stop();
                set.member("m1").start();
            }
        });
        assertThat(outcome.isSuccess()).as(outcome.toString()).isTrue();
        assertThat(set.members()).extracting(FakeMember::running).containsOnly("6.0.27");
    }
}
