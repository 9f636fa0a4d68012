package io.gds.database.core.internal.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeScaleTest {
    private static final Instant T0 = Instant.parse("2026-03-03T21:00:00Z");

    private static Interval seconds(long from, long to) {
        return new Interval(T0.plusSeconds(from), T0.plusSeconds(to));
    }

    @Test
    void isLinearWhileSomethingHappens() {
        TimeScale s = TimeScale.of(seconds(0, 100), List.of(seconds(0, 48), seconds(52, 100)));

        assertThat(s.at(T0.plusSeconds(50))).isCloseTo(50, within(0.01));
        assertThat(s.segments()).noneMatch(TimeScale.Segment::squeezed);
    }

    @Test
    void squeezesANightSoThatStepsStayVisible() {
        TimeScale s = TimeScale.of(seconds(0, 40_000), List.of(seconds(0, 30), seconds(39_970, 40_000)));

        assertThat(s.segments()).extracting(TimeScale.Segment::squeezed).containsExactly(false, true, false);
        assertThat(s.at(T0.plusSeconds(30))).isGreaterThan(40);
        assertThat(s.at(T0.plusSeconds(39_970)) - s.at(T0.plusSeconds(30))).isCloseTo(9, within(0.01));
    }

    @Test
    void neverRunsBackwardsNorOffTheEdge() {
        TimeScale s =
                TimeScale.of(seconds(0, 5_000), List.of(seconds(10, 20), seconds(900, 905), seconds(4_000, 4_001)));
        double before = 0;
        for (int i = -10; i < 5_010; i++) {
            double x = s.at(T0.plusSeconds(i));
            assertThat(x).isBetween(Math.max(0, before), 100.0);
            before = x;
        }
    }

    @Test
    void anEmptyRunHasAScale() {
        assertThat(TimeScale.of(seconds(0, 0), List.of()).at(T0)).isBetween(0.0, 100.0);
    }

    @Test
    void ticksAreRoundAndDoNotTouch() {
        for (Duration d : List.of(
                Duration.ofMillis(7),
                Duration.ofSeconds(3),
                Duration.ofMinutes(2),
                Duration.ofHours(5),
                Duration.ofDays(3),
                Duration.ofDays(90))) {
            Interval whole = new Interval(T0, T0.plus(d));
            List<Ticks.Tick> ticks = Ticks.of(TimeScale.of(whole, List.of(whole)));
            assertThat(ticks).as("ticks of %s", d).hasSizeBetween(2, 14);
            for (int i = 1; i < ticks.size(); i++) {
                assertThat(ticks.get(i).x() - ticks.get(i - 1).x())
                        .isGreaterThan(Lane.width(ticks.get(i).label()));
            }
        }
    }

    @Test
    void withoutCutsHolesOut() {
        assertThat(seconds(0, 10).without(List.of(seconds(2, 3), seconds(-5, 1), seconds(9, 20))))
                .containsExactly(seconds(1, 2), seconds(3, 9));
        assertThat(seconds(0, 10).without(List.of(seconds(0, 10)))).isEmpty();
    }
}
