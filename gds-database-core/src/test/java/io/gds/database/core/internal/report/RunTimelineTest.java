package io.gds.database.core.internal.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.plan.Params;
import io.gds.database.plan.Step;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunStatus;
import io.gds.database.run.StepState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunTimelineTest {
    @Test
    void canaryWaitsAtItsGateWhileNobodyDrives() {
        RunTimeline t = RunTimeline.of(SampleRuns.canarySuccess());

        assertThat(t.source().plan().steps())
                .allSatisfy(s -> assertThat(t.steps().state(s)).isEqualTo(StepState.VERIFIED));
        GateStory gate = t.gates().get(0);
        assertThat(gate.state()).isEqualTo("open");
        assertThat(gate.approvals()).extracting(Word::by).containsExactly("robin");
        assertThat(t.drives()).extracting(Drive::host).containsExactly("ops-1", "ops-2");
        assertThat(t.drives()).noneMatch(Drive::lost);
        assertThat(t.unobserved()).hasSize(1);
        assertThat(t.unobserved().get(0).length()).isEqualTo(Duration.ofMinutes(31));
        assertThat(t.steps().lanes()).containsExactly("cluster", "pg-c", "pg-b", "pg-a");
        assertThat(t.versions()).isEqualTo(new Versions("15.19", "15.20"));
    }

    @Test
    void probeFiguresAreTheLastOnesAndGapsAreAllOfThem() {
        Writes w = RunTimeline.of(SampleRuns.canarySuccess()).writes();

        assertThat(w.count("acknowledged")).hasValue(21_904);
        assertThat(w.longestGap()).hasValue(Duration.ofMillis(412));
        assertThat(w.gaps()).hasSize(8).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
        assertThat(w.lag()).containsOnlyKeys("pg-a", "pg-b", "pg-c");
        assertThat(w.broken()).isFalse();
    }

    @Test
    void rollbackShowsTheFailureBothTriesAndTheWayBack() {
        RunTimeline t = RunTimeline.of(SampleRuns.rolledBack());

        StepLog start = t.steps().log("pg-b:start").orElseThrow();
        assertThat(start.attempts()).isEqualTo(2);
        assertThat(start.passes(t.time().to()))
                .extracting(StepLog.Pass::end)
                .containsExactly(StepSpan.End.AGAIN, StepSpan.End.FAILED);
        assertThat(t.wentBack()).isTrue();
        assertThat(t.spans().stream().filter(StepSpan::back)).hasSize(9).allMatch(s -> s.number() > 0);
        assertThat(t.ending().cause())
                .hasValueSatisfying(f -> assertThat(f.id()).isEqualTo("PG-START"));
        assertThat(t.versions().arrow(RunStatus.ROLLED_BACK)).isEqualTo("15.19 → 15.20, taken back");
    }

    @Test
    void theWayBackOpensAndClosesBracketsFromTheirOtherSide() {
        List<Brackets.Span> spans = RunTimeline.of(SampleRuns.rolledBack()).brackets();

        assertThat(spans).allMatch(Brackets.Span::closed);
        assertThat(spans.stream().map(Brackets.Span::name))
                .containsExactly("drain-pg-c", "drain-pg-b", "drain-pg-c", "patroni-pause");
    }

    @Test
    void takeoverIsUnobservedFromTheLastSignOfLife() {
        RunTimeline t = RunTimeline.of(SampleRuns.takeover());

        assertThat(t.drives()).extracting(Drive::lost).containsExactly(true, false);
        assertThat(t.unobserved()).singleElement().satisfies(u -> assertThat(u.length())
                .isEqualTo(Duration.ofMinutes(9)));
        StepLog install = t.steps().log("pg-c:install").orElseThrow();
        assertThat(install.state()).isEqualTo(StepState.VERIFIED);
        assertThat(install.passes(t.time().to())).hasSize(1);
        assertThat(t.brackets().get(1).name()).isEqualTo("patroni-pause");
        assertThat(t.brackets().get(1).closed()).isFalse();
    }

    @Test
    void anApprovalIsNoSignOfLifeOfADeadProcess() {
        Story s = new Story("r", SamplePlans.patch()).taken("ops-1", 1, 1).done("pause", 1);
        s.pause(60).event(RunEvent.Type.GATE_APPROVED, Params.of("gate", "after-canary", "by", "kim"));
        RunTimeline t = RunTimeline.of(s.pause(60).taken("ops-2", 2, 2).is(RunStatus.RUNNING));

        // One hundred and twenty seconds and the pause that ends every step of the story.
        assertThat(t.unobserved().get(0).length()).isEqualTo(Duration.ofMillis(120_120));
    }

    @Test
    void undeterminedSaysWhatWouldSettleIt() {
        RunTimeline t = RunTimeline.of(SampleRuns.undetermined());

        Step switchover = t.steps().find("switchover").orElseThrow();
        assertThat(t.steps().state(switchover)).isEqualTo(StepState.UNKNOWN);
        assertThat(t.ending().summary()).contains("neither pg-a nor pg-c answers");
        assertThat(t.ending().next()).contains("look which of pg-a and pg-c is primary", "settle step switchover");
    }

    @Test
    void aSettledStepGoesOn() {
        Story s = new Story("r", SamplePlans.patch())
                .taken("ops-1", 1, 1)
                .intent("pause")
                .pause(5);
        s.step(RunEvent.Type.STEP_UNKNOWN, "pause", Params.of("observed", "no answer"))
                .pause(60);
        s.step(RunEvent.Type.STEP_SETTLED, "pause", Params.of("as", "DONE", "by", "kim", "reason", "looked"))
                .pause(1);
        RunTimeline t = RunTimeline.of(
                s.step(RunEvent.Type.STEP_VERIFIED, "pause", Params.empty()).is(RunStatus.RUNNING));

        assertThat(t.spans()).extracting(StepSpan::end).containsExactly(StepSpan.End.UNKNOWN, StepSpan.End.VERIFIED);
        assertThat(t.steps().spent(t.steps().log("pause").orElseThrow())).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void aRunWithoutEventsHasAReport() {
        ReportSource empty = new ReportSource(
                SampleRuns.takeover().run(), SamplePlans.patch(), RunStatus.RUNNING, Story.BEGIN, List.of());

        assertThat(HtmlReport.render(empty)).contains("Running");
        assertThat(TextReport.render(empty)).contains("not measured");
        assertThat(JsonReport.render(empty)).contains("\"writes\" : null");
    }
}
