package io.gds.database.core.internal.report;

import io.gds.database.plan.Params;
import io.gds.database.plan.Plan;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunId;
import io.gds.database.run.RunStatus;
import io.gds.database.run.WriteReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tells a run event by event, with a clock that moves as the story says. */
final class Story {
    static final Instant BEGIN = Instant.parse("2026-03-03T21:00:00Z");

    private final RunId run;
    private final Plan plan;
    private final List<RunEvent> events = new ArrayList<>();
    private final List<Params> gaps = new ArrayList<>();
    private final List<Params> lag = new ArrayList<>();
    private Instant now = BEGIN;

    Story(String run, Plan plan) {
        this.run = RunId.of(run);
        this.plan = plan;
        event(RunEvent.Type.RUN_CREATED, Params.of("planHash", plan.hash(), "title", plan.title(), "by", "kim"));
    }

    Instant now() {
        return now;
    }

    Story pause(Duration time) {
        now = now.plus(time);
        return this;
    }

    Story pause(double seconds) {
        return pause(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    Story event(RunEvent.Type type, Params data) {
        events.add(RunEvent.ofRun(run, events.size() + 1L, now, type, data));
        return this;
    }

    Story step(RunEvent.Type type, String step, Params data) {
        events.add(RunEvent.ofStep(run, events.size() + 1L, now, type, step, data));
        return this;
    }

    Story taken(String host, long pid, long epoch) {
        return event(
                RunEvent.Type.LEASE_TAKEN,
                Params.of("holder", host + "-" + pid, "host", host, "pid", pid).with("epoch", epoch));
    }

    Story released(String reason) {
        return event(RunEvent.Type.LEASE_RELEASED, Params.of("reason", reason));
    }

    Story intent(String step) {
        return step(RunEvent.Type.STEP_INTENT, step, Params.of("pass", 1, "attempt", 1, "facts", Params.empty()));
    }

    /** A whole step: intent, effect in the middle, verified at the end. */
    Story done(String step, double seconds) {
        return intent(step)
                .pause(seconds * 0.6)
                .step(RunEvent.Type.STEP_APPLIED, step, Params.empty())
                .pause(seconds * 0.4)
                .step(RunEvent.Type.STEP_VERIFIED, step, Params.empty())
                .pause(0.12);
    }

    /** A gap in the writes that began some seconds ago. */
    Story gap(double secondsAgo, long ms) {
        Instant at = now.minusMillis(Math.round(secondsAgo * 1000));
        gaps.add(Params.of("at", at.toString(), "ms", ms));
        return this;
    }

    Story lag(String member, double secondsAgo, long bytes) {
        Instant at = now.minusMillis(Math.round(secondsAgo * 1000));
        lag.add(Params.of("at", at.toString(), "member", member, "amount", bytes)
                .with("unit", "BYTES"));
        return this;
    }

    Story probe(WriteReport report) {
        event(
                RunEvent.Type.PROBE_REPORT,
                Params.of(Map.of("report", report.document(), "gaps", List.copyOf(gaps), "lag", List.copyOf(lag))));
        gaps.clear();
        lag.clear();
        return this;
    }

    ReportSource is(RunStatus status) {
        return new ReportSource(run, plan, status, BEGIN, events);
    }
}
