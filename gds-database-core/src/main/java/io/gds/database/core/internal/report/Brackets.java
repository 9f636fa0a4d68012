package io.gds.database.core.internal.report;

import io.gds.database.plan.BracketEnd;
import io.gds.database.plan.Step;
import io.gds.database.run.RunEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** When temporary changes were in force. */
final class Brackets {
    /**
     * One stretch in which a bracket was, or may have been, open.
     *
     * @param name the bracket
     * @param lane where
     * @param urgent whether it hurts while it lasts
     * @param time when
     * @param closed whether it was restored before the journal ends
     */
    record Span(String name, String lane, boolean urgent, Interval time, boolean closed) {}

    private record Open(BracketEnd end, String lane, Instant since) {}

    private final Steps steps;
    private final Map<String, Open> open = new LinkedHashMap<>();
    private final List<Span> spans = new ArrayList<>();

    private Brackets(Steps steps) {
        this.steps = steps;
    }

    static List<Span> of(Steps steps, List<RunEvent> events, Instant until) {
        Brackets b = new Brackets(steps);
        events.forEach(b::feed);
        b.open.values().forEach(o -> b.spans.add(span(o, until, false)));
        return List.copyOf(b.spans);
    }

    private void feed(RunEvent e) {
        String name = e.step().orElse("");
        Optional<Step> step = steps.find(name);
        BracketEnd end = step.flatMap(Step::bracket).orElse(null);
        if (end == null) {
            return;
        }
        // The way back walks a bracket from its other side: it re-opens at the closer and closes at the opener.
        boolean opens = (end.side() == BracketEnd.Side.OPENS) != Steps.isBack(name);
        switch (e.type()) {
            case STEP_INTENT -> {
                if (opens) {
                    String lane = step.map(steps::lane).orElse(Steps.CLUSTER);
                    open.putIfAbsent(end.bracket(), new Open(end, lane, e.at()));
                }
            }
            case STEP_REPLANNED -> {
                if (opens) {
                    open.remove(end.bracket());
                }
            }
            case STEP_VERIFIED -> {
                if (!opens) {
                    close(end.bracket(), e.at());
                }
            }
            case STEP_UNDONE -> {
                if (opens) {
                    close(end.bracket(), e.at());
                }
            }
            default -> {}
        }
    }

    private void close(String bracket, Instant at) {
        Open was = open.remove(bracket);
        if (was != null) {
            spans.add(span(was, at, true));
        }
    }

    private static Span span(Open o, Instant to, boolean closed) {
        return new Span(
                o.end().bracket(), o.lane(), o.end().urgency().closesFirst(), new Interval(o.since(), to), closed);
    }
}
