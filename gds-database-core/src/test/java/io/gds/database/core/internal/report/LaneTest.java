package io.gds.database.core.internal.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.plan.Params;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaneTest {
    @Test
    void stepsThatWereSkippedAtOneMomentTakeOneRowAndWhatIsAtWorkTakesItsOwn() {
        Story s = new Story("skips", SamplePlans.patch()).taken("ops-1", 1, 1);
        s.done("pg-b:drain", 5).intent("pg-c:stop");
        for (String step : List.of("pg-c:drain", "pg-c:install", "pg-c:start", "pg-c:admit")) {
            s.step(RunEvent.Type.STEP_SKIPPED, step, Params.of("reason", "not needed"));
        }
        s.pause(5).step(RunEvent.Type.STEP_VERIFIED, "pg-c:stop", Params.empty());
        RunTimeline t = RunTimeline.of(s.is(RunStatus.RUNNING));
        TimeScale scale =
                TimeScale.of(t.time(), t.spans().stream().map(StepSpan::time).toList());

        Lane lane = Lane.of(t, scale, 0).stream()
                .filter(l -> l.name().equals("pg-c"))
                .findFirst()
                .orElseThrow();

        assertThat(lane.bars()).hasSize(5);
        assertThat(lane.bars().stream().map(Lane.PlacedBar::top).distinct()).hasSize(2);
        assertThat(lane.bars().stream()
                        .filter(b -> b.span().end() == StepSpan.End.SKIPPED)
                        .map(Lane.PlacedBar::top)
                        .distinct())
                .hasSize(1);
    }
}
