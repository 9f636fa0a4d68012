package io.gds.engine.mongo.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.OperationResult;
import io.gds.database.ReplicationAdmin;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The change of roles at once, without a plan: refused, interrupted, and always with everybody let go again. */
class FailoverTest {
    private final FakeSet set = Played.three("6.0.5", Clock.systemUTC());
    private final Played p = new Played(set, Clock.systemUTC(), "6.0.5");

    @AfterEach
    void close() {
        assertThat(set.sends().unknown()).isEmpty();
        assertThat(set.sends().of("replSetStepDown")).noneMatch(s -> s.command().getBoolean("force", false));
        p.close();
    }

    private OperationResult to(String member) {
        return p.engine().facet(ReplicationAdmin.class).orElseThrow().failover(member);
    }

    private List<String> sent(String name) {
        return set.sends().of(name).stream().map(Sent::toString).toList();
    }

    @Test
    void othersAreFrozenMeanwhile() {
        to("m3");
        assertThat(set.primary()).contains("m3");
        assertThat(sent("replSetFreeze"))
                .as("the former primary was told to stay aside, and need not any more")
                .containsExactly(
                        "m2 replSetFreeze 60", "m3 replSetFreeze 0", "m2 replSetFreeze 0", "m1 replSetFreeze 0");
    }

    @Test
    void nobodyCaughtUp() {
        set.member("m1").faults().refuse("replSetStepDown", 1, Refusals.nobodyCaughtUp());
        assertThatThrownBy(() -> to("m3")).hasMessageContaining("(262 ExceededTimeLimit)");
        assertThat(set.primary()).contains("m1");
        assertThat(sent("replSetStepDown")).hasSize(1);
        assertThat(sent("replSetFreeze")).endsWith("m2 replSetFreeze 0", "m1 replSetFreeze 0");
    }

    /** A member that is asked in the middle of its step-down breaks the question off. */
    @Test
    void lookThatIsBrokenOffIsRepeated() {
        set.onStepDown(
                () -> set.member("m1").faults().refuse("replSetGetStatus", 2, Refusals.interruptedByStateChange()));
        to("m3");
        assertThat(set.primary()).contains("m3");
        assertThat(sent("replSetStepDown")).hasSize(1);
    }

    @Test
    void lostAnswer() {
        set.member("m1").faults().loseAnswer("replSetStepDown", 1);
        to("m3");
        assertThat(set.primary()).contains("m3");
        assertThat(sent("replSetStepDown")).hasSize(1);
    }

    @Test
    void memberThatIsBehindIsNotMadePrimary() {
        set.member("m3").isBehind(16);
        assertThatThrownBy(() -> to("m3")).hasMessageContaining("m3 is SECONDARY, lag PT16S");
        assertThat(set.sends().changes()).isEmpty();
    }

    @Test
    void notWhileTwoLead() {
        set.member("m1").stop();
        set.member("m1").start();
        set.member("m1").believes(1, "m1");
        assertThatThrownBy(() -> to("m3"))
                .hasMessageContaining("[m1 in term 1, m2 in term 2] say that they accept writes");
        assertThat(set.sends().changes()).isEmpty();
    }
}
