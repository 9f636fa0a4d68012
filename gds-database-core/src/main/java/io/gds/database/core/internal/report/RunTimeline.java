package io.gds.database.core.internal.report;

import io.gds.database.run.RunEvent;
import io.gds.database.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What all reports say, computed from a run's events without writing anything.
 *
 * @param source what it is made from
 * @param time from the first to the last thing that happened
 * @param steps how the steps went
 * @param spans all passes of all steps
 * @param brackets when temporary changes were in force
 * @param gates what happened at each gate
 * @param drives who drove the run
 * @param unobserved stretches in which nobody did
 * @param writes what the probe measured
 * @param findings what the pre-flight saw, with acknowledgements
 * @param versions from which version to which
 * @param ending how it stands, in words
 */
record RunTimeline(
        ReportSource source,
        Interval time,
        Steps steps,
        List<StepSpan> spans,
        List<Brackets.Span> brackets,
        List<GateStory> gates,
        List<Drive> drives,
        List<Interval> unobserved,
        Writes writes,
        List<Acknowledged> findings,
        Versions versions,
        Ending ending) {

    static RunTimeline of(ReportSource source) {
        List<RunEvent> events = source.events();
        Interval time = extent(source);
        Steps steps = new Steps(source.plan(), events, time.to());
        List<Drive> drives = Drive.of(events);
        List<GateStory> gates = GateStory.of(source.plan(), events);
        return new RunTimeline(
                source,
                time,
                steps,
                steps.spans(),
                Brackets.of(steps, events, time.to()),
                gates,
                drives,
                Drive.unobserved(drives),
                Writes.of(events),
                Acknowledged.of(source.plan().findings(), events),
                Versions.of(source.plan().steps(), steps),
                Ending.of(source, steps, gates));
    }

    /** Until a finished run's last word; what others note afterwards does not make it longer. */
    private static Interval extent(ReportSource source) {
        List<RunEvent> events = source.events();
        if (events.isEmpty()) {
            return new Interval(source.createdAt(), source.createdAt());
        }
        Instant from = events.stream()
                .filter(e -> e.type() == RunEvent.Type.LEASE_TAKEN)
                .findFirst()
                .orElse(events.get(0))
                .at();
        boolean over = !goesOn(source.status());
        Instant to = events.stream()
                .filter(e -> over && e.type() == RunEvent.Type.RUN_FINISHED)
                .reduce((a, b) -> b)
                .orElse(events.get(events.size() - 1))
                .at();
        return new Interval(from, to);
    }

    private static boolean goesOn(RunStatus status) {
        return status == RunStatus.RUNNING || status == RunStatus.WAITING;
    }

    /** Whether more is to come without anybody's help. */
    boolean goesOn() {
        return goesOn(source.status());
    }

    Duration duration() {
        return time.length();
    }

    /** As the probe counted it, or as the leases show it. */
    Duration unobservedTime() {
        return writes.time("unobserved").orElse(Interval.total(unobserved));
    }

    /** How many steps of the plan need nothing more. */
    long settled() {
        return source.plan().steps().stream()
                .filter(s -> steps.state(s).isSettled())
                .count();
    }

    /** Whether any step of the way back ran. */
    boolean wentBack() {
        return spans.stream().anyMatch(StepSpan::back);
    }
}
