package io.gds.database.core.internal.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Both pictures in one box with one time axis, and the legend of what they hold. */
final class HtmlChart {
    private HtmlChart() {}

    static void write(RunTimeline t, Markup m) {
        TimeScale scale = TimeScale.of(t.time(), busy(t));
        TimelineSvg timeline = new TimelineSvg(t, scale);
        boolean writes = t.writes().measured() || !t.writes().lag().isEmpty();
        m.line().open("section").attr("aria-labelledby", "h-timeline");
        m.open("h2").attr("id", "h-timeline").text("Timeline").close();
        legend(t, m);
        m.line().open("div").attr("class", "chart").attr("role", "region").attr("tabindex", "0");
        m.attr("aria-label", writes ? "Steps, write gaps and lag over time" : "Steps over time");
        timeline.labels(m);
        timeline.plot(m);
        if (writes) {
            WritesSvg below = new WritesSvg(t, scale, timeline.ticks());
            below.labels(m);
            below.plot(m);
        }
        m.close().close();
    }

    /** A step in flight while no process drove the run is no reason to give that time room. */
    private static List<Interval> busy(RunTimeline t) {
        List<Interval> out = new ArrayList<>();
        for (StepSpan s : t.spans()) {
            out.addAll(s.time().without(t.unobserved()));
        }
        t.writes().gaps().forEach(g -> out.add(g.time()));
        return Interval.union(out);
    }

    private static void legend(RunTimeline t, Markup m) {
        Set<String> kinds = new LinkedHashSet<>();
        t.spans().forEach(s -> kinds.add(TimelineSvg.kind(s)));
        m.open("ul").attr("class", "legend");
        entry(m, kinds.contains("done"), "done", "step");
        entry(m, kinds.contains("back"), "back", "way back");
        entry(m, kinds.contains("failed"), "failed", "failed");
        entry(m, kinds.contains("unknown"), "unknown", "outcome unknown");
        entry(m, kinds.contains("again"), "again", "to be done again");
        entry(m, kinds.contains("skipped"), "skipped", "skipped");
        entry(m, kinds.contains("open"), "open", "not ended");
        entry(m, !t.brackets().isEmpty(), "bracket", "temporary change");
        entry(m, t.gates().stream().anyMatch(g -> g.reached().isPresent()), "gate", "gate or soak");
        entry(m, !t.unobserved().isEmpty(), "unobserved", "no process drove the run");
        entry(m, !t.writes().gaps().isEmpty(), "gap", "no write acknowledged");
        m.close();
    }

    private static void entry(Markup m, boolean shown, String kind, String words) {
        if (shown) {
            m.open("li")
                    .open("span")
                    .attr("class", "swatch " + kind)
                    .close()
                    .text(words)
                    .close();
        }
    }
}
