package io.gds.engine.mongo.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.Verdict;
import io.gds.database.testkit.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A member that is told to end: it never answers that, so its process is looked at. */
class StopTest {
    private static final String SHUTDOWN = "shutdown";
    private static final String ALIVE = "the process of m3 is alive";

    private final SettableClock clock = new SettableClock();
    private final FakeSet set = Played.three("6.0.5", clock);
    private final Played p = new Played(set, clock, "6.0.5");
    private final PlayedStep step = p.step("member.stop@1").with("member", "m3");

    @AfterEach
    void close() {
        assertThat(set.sends().unknown()).isEmpty();
        p.close();
    }

    private void isAlive() {
        assertThat(p.verbs().stopped("m3", step)).isInstanceOfSatisfying(Verdict.NotYet.class, n -> assertThat(
                        n.blocked().observed())
                .isEqualTo(ALIVE));
    }

    @Test
    void endsWithoutAnAnswer() {
        p.verbs().stop("m3", step);
        assertThat(p.verbs().stopped("m3", step)).isInstanceOf(Verdict.Holds.class);
        assertThat(set.sends().of(SHUTDOWN)).hasSize(1);
    }

    @Test
    void memberThatDidNotHearItIsToldAgain() {
        set.member("m3").faults().loseRequest(SHUTDOWN, 1);
        p.verbs().stop("m3", step);
        isAlive();
        clock.advance(Duration.ofSeconds(9));
        isAlive();
        clock.advance(Duration.ofSeconds(1));
        assertThat(p.verbs().stopped("m3", step)).isEqualTo(Verdict.again("m3 was told to end and serves as before"));
        p.verbs().stop("m3", step);
        assertThat(p.verbs().stopped("m3", step)).isInstanceOf(Verdict.Holds.class);
        assertThat(set.sends().of(SHUTDOWN)).hasSize(2);
    }

    @Test
    void memberThatLetsItsReadersFinishIsLeftToIt() {
        set.member("m3").faults().ignore(SHUTDOWN, 1);
        p.verbs().stop("m3", step);
        set.member("m3").faults().refuse("hello", Faults.FOR_EVER, Refusals.shutdownInProgress());
        isAlive();
        clock.advance(Duration.ofSeconds(10));
        isAlive();
        set.member("m3").stop();
        assertThat(p.verbs().stopped("m3", step)).isInstanceOf(Verdict.Holds.class);
        assertThat(set.sends().of(SHUTDOWN)).hasSize(1);
    }

    @Test
    void memberThatRefusesServesOn() {
        set.member("m3")
                .faults()
                .refuse(
                        SHUTDOWN,
                        1,
                        new CommandError(117, "ConflictingOperationInProgress", "an index is being built"));
        assertThatThrownBy(() -> p.verbs().stop("m3", step))
                .hasMessageContaining("(117 ConflictingOperationInProgress)");
        assertThat(set.member("m3").isUp()).isTrue();
    }

    /** A process that takes over has not asked whether the member may go down; it may have been elected since. */
    @Test
    void memberThatLeadsMeanwhileIsNotToldToEnd() {
        assertThatThrownBy(() -> p.verbs().stop("m1", step))
                .isInstanceOfSatisfying(GdsDatabaseException.class, e -> assertThat(e.retryable())
                        .isTrue())
                .hasMessageContaining("MONGO-NOT-NOW")
                .hasMessageContaining("it is the primary");
        assertThat(set.primary()).contains("m1");
        assertThat(set.sends().of(SHUTDOWN)).isEmpty();
    }

    @Test
    void memberWithoutWhichNobodyWouldLeadIsNotToldToEnd() {
        set.member("m3").stop();
        assertThatThrownBy(() -> p.verbs().stop("m2", step)).hasMessageContaining("MONGO-NOT-NOW");
        assertThat(set.sends().of(SHUTDOWN)).isEmpty();
    }
}
