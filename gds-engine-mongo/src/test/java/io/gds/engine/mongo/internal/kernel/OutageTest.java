package io.gds.engine.mongo.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.engine.mongo.internal.topology.MemberState;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OutageTest {
    @Test
    void threeMembersCanLoseOne() {
        SeenSet set = new SeenSet().member("a", 1).member("b", 1).member("c", 1);

        Outage one = Outage.of(set.views(), Set.of("b"));
        assertThat(one.keepsPrimary()).isTrue();
        assertThat(one.keepsMajorityWrites()).isTrue();

        Outage two = Outage.of(set.views(), Set.of("b", "c"));
        assertThat(two.keepsPrimary()).isFalse();
        assertThat(two.keepsMajorityWrites()).isFalse();
    }

    @Test
    void aMemberThatIsDownAlreadyCounts() {
        SeenSet set = new SeenSet().member("a", 1).member("b", 1).member("c", 1).state("c", MemberState.DOWN);

        assertThat(Outage.of(set.views(), Set.of("b")).keepsPrimary()).isFalse();
    }

    @Test
    void aMemberThatRecoversDoesNotVoteForWrites() {
        SeenSet set = new SeenSet().member("a", 1).member("b", 1).member("c", 1).state("c", MemberState.RECOVERING);

        assertThat(Outage.of(set.views(), Set.of("b")).keepsMajorityWrites()).isFalse();
    }

    /** The no-op that an idle primary writes every 10 s has reached nobody yet. */
    @Test
    void membersOfAnIdleSetAreNotBehind() {
        SeenSet set = new SeenSet().member("a", 1).member("b", 1).member("c", 1);
        set.lag("b", Duration.ofSeconds(11)).lag("c", Duration.ofSeconds(11));

        assertThat(Outage.of(set.views(), Set.of("b")).keepsMajorityWrites()).isTrue();

        set.lag("c", Duration.ofSeconds(16));
        assertThat(Outage.of(set.views(), Set.of("b")).keepsMajorityWrites()).isFalse();
    }

    @Test
    void anArbiterKeepsThePrimaryAndNotTheWrites() {
        SeenSet set = new SeenSet().member("a", 1).member("b", 1).arbiter("c");

        Outage outage = Outage.of(set.views(), Set.of("b"));
        assertThat(outage.keepsPrimary()).isTrue();
        assertThat(outage.keepsMajorityWrites()).as(outage.describe()).isFalse();
        assertThat(outage.writeMajority()).isEqualTo(2);
    }

    @Test
    void twoMembersCanLoseNone() {
        SeenSet set = new SeenSet().member("a", 1).member("b", 1);

        assertThat(Outage.of(set.views(), Set.of("b")).keepsPrimary()).isFalse();
    }

    @Test
    void whoMayNeverLeadIsNotElectable() {
        SeenSet set = new SeenSet()
                .member("a", 1)
                .member("b", 0)
                .member("c", 1, 1, false, Duration.ofHours(1))
                .member("d", 1, 0, false, Duration.ZERO)
                .member("e", 2);

        assertThat(Outage.of(set.views(), Set.of("a")).electable()).containsExactly("e");
        assertThat(Outage.of(set.views(), Set.of("a", "e")).keepsPrimary()).isFalse();
    }

    @Test
    void whoGoesDownSideBySideIsJudgedTogether() {
        SeenSet three = new SeenSet().member("a", 1).member("b", 1).member("c", 1);
        assertThat(Outage.worst(three.views(), "b", 0).keepsPrimary()).isTrue();
        assertThat(Outage.worst(three.views(), "b", 1).keepsPrimary()).isFalse();

        SeenSet five = new SeenSet()
                .member("a", 1)
                .member("b", 1)
                .member("c", 1)
                .member("d", 1)
                .member("e", 1);
        assertThat(Outage.worst(five.views(), "b", 1).keepsPrimary()).isTrue();
        assertThat(Outage.worst(five.views(), "b", 1).keepsMajorityWrites()).isTrue();
        assertThat(Outage.worst(five.views(), "b", 2).keepsPrimary()).isFalse();
    }
}
