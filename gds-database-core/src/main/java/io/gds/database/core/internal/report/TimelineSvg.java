package io.gds.database.core.internal.report;

import java.util.List;

/** Draws the swim-lanes. Horizontal places are percent and vertical ones pixels, so that text keeps its size. */
final class TimelineSvg {
    static final double AXIS = 30;

    private final RunTimeline timeline;
    private final TimeScale scale;
    private final List<Ticks.Tick> ticks;
    private final List<Lane> lanes;
    private final double height;

    TimelineSvg(RunTimeline timeline, TimeScale scale) {
        this.timeline = timeline;
        this.scale = scale;
        this.ticks = Ticks.of(scale);
        this.lanes = Lane.of(timeline, scale, AXIS);
        this.height = AXIS + lanes.stream().mapToDouble(Lane::height).sum() + 1;
    }

    /** The names of the lanes, as HTML of the same heights. */
    void labels(Markup m) {
        m.open("div").attr("class", "labels").attr("aria-hidden", "true");
        m.open("div").attr("class", "axis-label").attr("style", "height:" + Markup.number(AXIS) + "px");
        m.text("UTC").close();
        for (Lane lane : lanes) {
            m.open("div").attr("class", "lane-label").attr("style", "height:" + Markup.number(lane.height()) + "px");
            m.attr("title", lane.name()).element("span", "", lane.name()).close();
        }
        m.close();
    }

    void plot(Markup m) {
        m.line().open("svg").attr("class", "plot").attr("role", "img").attr("aria-labelledby", "tl-title tl-desc");
        m.attr("width", "100%").attr("height", height);
        m.open("title").attr("id", "tl-title").text("Timeline of steps").close();
        m.open("desc").attr("id", "tl-desc").text(description()).close();
        patterns(m);
        for (Lane lane : lanes) {
            m.open("line").attr("class", "rule").attr("x1", "0").attr("x2", "100%");
            m.attr("y1", lane.top()).attr("y2", lane.top()).close();
        }
        axis(m, scale, ticks, height, AXIS);
        for (Interval gap : timeline.unobserved()) {
            unobserved(m, scale, gap, AXIS, height);
        }
        for (Lane lane : lanes) {
            lane.spans().forEach(s -> span(m, lane, s));
        }
        for (Lane lane : lanes) {
            lane.spans().forEach(s -> spanLabel(m, s));
            lane.bars().forEach(b -> bar(m, b));
        }
        m.close();
    }

    private String description() {
        return "One lane for each of " + String.join(", ", timeline.steps().lanes()) + ", from "
                + Words.dateTime(timeline.time().from()) + " to "
                + Words.dateTime(timeline.time().to()) + " UTC. The table of steps holds the same facts.";
    }

    private static void patterns(Markup m) {
        m.open("defs");
        m.open("pattern").attr("id", "hatch").attr("width", "7").attr("height", "7");
        m.attr("patternUnits", "userSpaceOnUse").attr("patternTransform", "rotate(45)");
        m.open("rect")
                .attr("width", "7")
                .attr("height", "7")
                .attr("class", "hatch-ground")
                .close();
        m.open("rect")
                .attr("width", "2")
                .attr("height", "7")
                .attr("class", "hatch-line")
                .close()
                .close();
        m.open("pattern").attr("id", "dots").attr("width", "6").attr("height", "6");
        m.attr("patternUnits", "userSpaceOnUse");
        m.open("circle")
                .attr("cx", "2")
                .attr("cy", "2")
                .attr("r", "1")
                .attr("class", "dot")
                .close()
                .close();
        m.close();
    }

    /** Grid lines, their times, and how much time each squeezed stretch stands for. */
    static void axis(Markup m, TimeScale scale, List<Ticks.Tick> ticks, double height, double labels) {
        for (Ticks.Tick t : ticks) {
            m.open("line").attr("class", "grid").percent("x1", t.x()).percent("x2", t.x());
            m.attr("y1", labels == 0 ? 0 : labels - 6).attr("y2", height).close();
            if (labels > 0) {
                m.open("text").attr("class", "tick").percent("x", t.x()).attr("y", labels - 12);
                m.attr("text-anchor", "middle").text(t.label()).close();
            }
        }
        for (TimeScale.Segment s : scale.segments()) {
            if (s.squeezed()) {
                m.open("rect").attr("class", "squeezed").percent("x", s.from()).percent("width", s.to() - s.from());
                m.attr("y", labels).attr("height", height - labels).close();
                if (labels > 0) {
                    m.open("text").attr("class", "tick break").percent("x", (s.from() + s.to()) / 2);
                    m.attr("y", labels - 12).attr("text-anchor", "middle");
                    m.text(Ticks.breakLabel(s)).close();
                }
            }
        }
    }

    static void unobserved(Markup m, TimeScale scale, Interval gap, double top, double bottom) {
        double from = scale.at(gap.from());
        m.open("rect").attr("class", "unobserved").attr("fill", "url(#dots)").percent("x", from);
        m.percent("width", Math.max(0.35, scale.at(gap.to()) - from));
        m.attr("y", top).attr("height", bottom - top);
        m.element("title", "", "no process drove the run for " + Words.duration(gap.length()))
                .close();
    }

    private static void span(Markup m, Lane lane, Lane.PlacedSpan s) {
        m.open("rect").attr("class", s.kind()).attr("rx", "3");
        if (s.kind().startsWith("gate")) {
            m.attr("fill", "url(#hatch)");
        }
        m.percent("x", s.from()).percent("width", s.to() - s.from());
        m.attr("y", s.top() - 1).attr("height", lane.top() + lane.height() - s.top() - 2);
        m.element("title", "", s.about()).close();
    }

    private static void spanLabel(Markup m, Lane.PlacedSpan s) {
        boolean flip = s.from() + Lane.width(s.label()) > 99;
        m.open("text").attr("class", "span-label").percent("x", flip ? s.to() : s.from());
        m.attr("dx", flip ? "-5" : "5").attr("y", s.top() + 12).attr("text-anchor", flip ? "end" : "start");
        m.text(s.label()).close();
    }

    private static void bar(Markup m, Lane.PlacedBar b) {
        StepSpan s = b.span();
        // A picture of its own, so that a label never runs over its bar, however narrow the window is.
        m.open("svg").attr("class", "bar " + kind(s)).percent("x", b.from()).percent("width", b.to() - b.from());
        m.attr("y", b.top()).attr("height", Lane.BAR);
        m.element(
                "title",
                "",
                (s.back() ? "way back of " : "") + (s.number() == 0 ? "" : s.number() + " ") + s.title() + ": "
                        + s.end().words() + ", " + Words.duration(s.time().length()) + " from "
                        + Words.timeMillis(s.time().from()));
        m.open("rect")
                .attr("rx", "3")
                .attr("width", "100%")
                .attr("height", "100%")
                .close();
        String label = b.label();
        if (!label.isEmpty()) {
            m.open("text").attr("x", "5").attr("y", 14.5).text(label).close();
        }
        m.close();
    }

    /** The colour of a pass; a failure shows through whichever way it was on. */
    static String kind(StepSpan s) {
        return switch (s.end()) {
            case FAILED -> "failed";
            case UNKNOWN -> "unknown";
            case AGAIN -> "again";
            case SKIPPED -> "skipped";
            case OPEN -> "open";
            case VERIFIED, UNDONE -> s.back() ? "back" : "done";
        };
    }

    static String anchor(double x) {
        return x < 3 ? "start" : x > 97 ? "end" : "middle";
    }

    List<Ticks.Tick> ticks() {
        return ticks;
    }
}
