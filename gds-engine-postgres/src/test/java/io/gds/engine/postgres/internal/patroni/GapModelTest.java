package io.gds.engine.postgres.internal.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.plan.PrimaryTurn;
import io.gds.database.plan.TurnForecast;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GapModelTest {
    @Test
    void aSmallServerIsRestartedWhereItIs() {
        TurnForecast f = GapModel.measured(Optional.of(Duration.ofMillis(150)), Duration.ofMillis(5), false, 2);
        assertThat(f.shorter()).isEqualTo(PrimaryTurn.RESTART_IN_PLACE);
        assertThat(f.basis()).contains("150 ms as measured");
    }

    @Test
    void aServerThatStartsSlowlyIsSwitchedAwayFrom() {
        TurnForecast f = GapModel.measured(Optional.of(Duration.ofSeconds(20)), Duration.ofMillis(5), false, 2);
        assertThat(f.shorter()).isEqualTo(PrimaryTurn.SWITCHOVER);
    }

    @Test
    void whatTheCheckpointCostsCountsForBoth() {
        TurnForecast fast = GapModel.measured(Optional.empty(), Duration.ZERO, false, 2);
        TurnForecast slow = GapModel.measured(Optional.empty(), Duration.ofSeconds(3), false, 2);
        assertThat(slow.switchover().minus(fast.switchover())).isEqualTo(Duration.ofSeconds(3));
        assertThat(slow.restartInPlace().minus(fast.restartInPlace())).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void withoutAThirdMemberTheNewLeaderWaitsForItsFollower() {
        TurnForecast two = GapModel.measured(Optional.empty(), Duration.ZERO, true, 1);
        TurnForecast three = GapModel.measured(Optional.empty(), Duration.ZERO, true, 2);
        assertThat(two.switchover()).isGreaterThan(three.switchover().plusSeconds(1));
    }

    @Test
    void whatACloneNeedsIsWhatTheClusterNeedsButForItsStandbys() {
        TurnForecast clone = GapModel.measured(Optional.of(Duration.ofSeconds(4)), Duration.ofMillis(20), false, 0);
        TurnForecast cluster = GapModel.measured(Optional.of(Duration.ofSeconds(4)), Duration.ofMillis(20), true, 1);
        TurnForecast rehearsed = GapModel.rehearsed(clone, true, 1);
        assertThat(rehearsed.switchover()).isEqualTo(cluster.switchover());
        assertThat(rehearsed.restartInPlace()).isEqualTo(cluster.restartInPlace());
        assertThat(rehearsed.basis())
                .isEqualTo("start 4000 ms as measured, checkpoint 20 ms on a clone, commits wait for standbys");
    }
}
