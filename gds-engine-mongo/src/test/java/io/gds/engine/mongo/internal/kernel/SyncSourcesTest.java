package io.gds.engine.mongo.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.engine.mongo.internal.kernel.SyncSources.Move;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SyncSourcesTest {
    private static SeenSet three() {
        return new SeenSet()
                .member("a", 1)
                .member("b", 1)
                .member("c", 1)
                .follows("b", "a")
                .follows("c", "a");
    }

    @Test
    void whoFollowsAMemberThatEndsFollowsThePrimaryInstead() {
        SyncSources sources = new SyncSources(three().follows("c", "b").views());

        assertThat(sources.beforeStop("b")).containsExactly(new Move("c", "a"));
        assertThat(sources.beforeStop("c")).isEmpty();
    }

    @Test
    void theThirdFollowsTheNextPrimary() {
        SyncSources sources = new SyncSources(three().views());

        assertThat(sources.areArrangedFor("b")).isFalse();
        assertThat(sources.beforeStepDown("b")).containsExactly(new Move("c", "b"));
        assertThat(new SyncSources(three().follows("c", "b").views()).beforeStepDown("b"))
                .isEmpty();
        assertThat(new SyncSources(three().follows("c", "b").views()).areArrangedFor("b"))
                .isTrue();
    }

    @Test
    void ofFiveTwoAreEnough() {
        SeenSet five = three().member("d", 1).member("e", 1).follows("d", "b").follows("e", "a");

        assertThat(new SyncSources(five.views()).beforeStepDown("b")).containsExactly(new Move("c", "b"));
        assertThat(new SyncSources(five.follows("c", "b").views()).areArrangedFor("b"))
                .isTrue();
    }

    @Test
    void whoHasNoVoteAndArbitersHelpNobody() {
        SeenSet set = new SeenSet()
                .member("a", 1)
                .member("b", 1)
                .member("c", 0, 0, false, Duration.ZERO)
                .arbiter("d")
                .follows("c", "b");

        SyncSources sources = new SyncSources(set.views());
        assertThat(sources.areArrangedFor("b")).isFalse();
        assertThat(sources.beforeStepDown("b")).isEmpty();
        assertThat(sources.beforeStop("b")).isEmpty();
    }

    @Test
    void withoutChainingThereIsNothingToArrange() {
        SyncSources sources = new SyncSources(three().withoutChaining().views());

        assertThat(sources.canBeArranged()).isFalse();
        assertThat(sources.beforeStepDown("b")).isEmpty();
    }
}
