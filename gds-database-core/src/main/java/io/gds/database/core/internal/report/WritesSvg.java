package io.gds.database.core.internal.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Draws write gaps and the lag of each member below the swim-lanes, on the same time scale. */
final class WritesSvg {
    private static final double GAPS = 92;
    private static final double LAG = 54;
    private static final double PADDING = 8;
    private static final double TEXT = 14;

    private final RunTimeline timeline;
    private final TimeScale scale;
    private final List<Ticks.Tick> ticks;
    private final List<String> members;
    private final double height;

    WritesSvg(RunTimeline timeline, TimeScale scale, List<Ticks.Tick> ticks) {
        this.timeline = timeline;
        this.scale = scale;
        this.ticks = ticks;
        // In the order of the lanes above; members that no step touched come last.
        Set<String> order = new LinkedHashSet<>(timeline.steps().lanes());
        order.addAll(timeline.writes().lag().keySet());
        order.retainAll(timeline.writes().lag().keySet());
        this.members = List.copyOf(order);
        this.height = GAPS + LAG * timeline.writes().lag().size() + 1;
    }

    void labels(Markup m) {
        m.open("div").attr("class", "labels").attr("aria-hidden", "true");
        label(m, GAPS, "Write gaps", "");
        members.forEach(member -> label(m, LAG, member, "lag"));
        m.close();
    }

    private static void label(Markup m, double height, String text, String small) {
        m.open("div").attr("class", "lane-label").attr("style", "height:" + Markup.number(height) + "px");
        m.attr("title", text).element("span", "", text);
        if (!small.isEmpty()) {
            m.element("small", "", small);
        }
        m.close();
    }

    void plot(Markup m) {
        m.line().open("svg").attr("class", "plot").attr("role", "img").attr("aria-labelledby", "wr-title wr-desc");
        m.attr("width", "100%").attr("height", height);
        m.open("title")
                .attr("id", "wr-title")
                .text("Write gaps and replication lag")
                .close();
        m.open("desc").attr("id", "wr-desc").text(description()).close();
        TimelineSvg.axis(m, scale, ticks, height, 0);
        timeline.unobserved().forEach(u -> TimelineSvg.unobserved(m, scale, u, 0, height));
        gaps(m);
        double top = GAPS;
        for (String member : members) {
            lag(m, timeline.writes().lag().getOrDefault(member, List.of()), top);
            top += LAG;
        }
        m.close();
    }

    private String description() {
        Writes w = timeline.writes();
        return w.longestGap()
                        .map(g -> "The longest time without an acknowledged write was " + Words.duration(g) + ", ")
                        .orElse("")
                + Words.plural(w.gaps().size(), "gap") + " recorded; lag of "
                + Words.plural(w.lag().size(), "member") + ". Same time axis as the steps.";
    }

    private void gaps(Markup m) {
        double floor = GAPS - PADDING;
        double room = GAPS - 2 * PADDING - TEXT;
        rule(m, 0);
        m.open("line").attr("class", "floor").attr("x1", "0").attr("x2", "100%").attr("y1", floor);
        m.attr("y2", floor).close();
        List<Writes.Gap> gaps = timeline.writes().gaps();
        Writes.Gap longest =
                gaps.stream().max(Comparator.comparing(Writes.Gap::length)).orElse(null);
        if (longest == null || longest.length().isZero()) {
            m.open("text").attr("class", "tick").attr("x", "0.8%").attr("y", floor - 8);
            m.text("no gap was recorded").close();
            return;
        }
        for (Writes.Gap g : gaps) {
            double tall =
                    Math.max(2, room * g.length().toMillis() / longest.length().toMillis());
            double from = scale.at(g.at());
            m.open("rect")
                    .attr("class", g.equals(longest) ? "gap longest" : "gap")
                    .percent("x", from);
            m.percent("width", Math.max(0.3, scale.at(g.time().to()) - from));
            m.attr("y", floor - tall).attr("height", tall);
            m.element(
                    "title",
                    "",
                    "no acknowledged write for " + Words.duration(g.length()) + " from " + Words.timeMillis(g.at()));
            m.close();
        }
        double x = scale.at(longest.at());
        m.open("text").attr("class", "value").percent("x", x).attr("y", floor - room - 5);
        m.attr("text-anchor", TimelineSvg.anchor(x))
                .text(Words.duration(longest.length()))
                .close();
    }

    private static void rule(Markup m, double y) {
        m.open("line").attr("class", "rule").attr("x1", "0").attr("x2", "100%").attr("y1", y);
        m.attr("y2", y).close();
    }

    private void lag(Markup m, List<Writes.Sample> samples, double top) {
        double floor = top + LAG - PADDING;
        double room = LAG - 2 * PADDING - TEXT;
        rule(m, top);
        m.open("line").attr("class", "floor").attr("x1", "0").attr("x2", "100%").attr("y1", floor);
        m.attr("y2", floor).close();
        Writes.Sample most = samples.stream()
                .max(Comparator.comparingLong(Writes.Sample::amount))
                .orElseThrow();
        long max = Math.max(1, most.amount());
        for (List<Writes.Sample> part : connected(samples)) {
            // Stretched to the plot's width; the stroke keeps its own.
            m.open("svg")
                    .attr("x", "0")
                    .attr("y", floor - room)
                    .attr("width", "100%")
                    .attr("height", room);
            m.attr("viewBox", "0 0 100 " + Markup.number(room)).attr("preserveAspectRatio", "none");
            m.attr("overflow", "visible").attr("aria-hidden", "true");
            StringBuilder line = new StringBuilder();
            for (Writes.Sample s : part) {
                line.append(line.length() == 0 ? "" : " ")
                        .append(Markup.number(scale.at(s.at())))
                        .append(',')
                        .append(Markup.number(room - room * s.amount() / max));
            }
            String first = Markup.number(scale.at(part.get(0).at()));
            String last = Markup.number(scale.at(part.get(part.size() - 1).at()));
            String ground = Markup.number(room);
            m.open("polygon").attr("class", "lag-area");
            m.attr("points", first + "," + ground + " " + line + " " + last + "," + ground)
                    .close();
            m.open("polyline")
                    .attr("class", "lag-line")
                    .attr("points", line.toString())
                    .close();
            m.close();
        }
        double x = scale.at(most.at());
        m.open("text").attr("class", "value").percent("x", x).attr("y", floor - room - 4);
        m.attr("text-anchor", TimelineSvg.anchor(x))
                .text("most " + Words.lag(most.amount(), most.unit()))
                .close();
    }

    /** Samples on both sides of a time without a process are not joined: nobody knows what was between them. */
    private List<List<Writes.Sample>> connected(List<Writes.Sample> samples) {
        List<List<Writes.Sample>> out = new ArrayList<>();
        Instant before = null;
        for (Writes.Sample s : samples) {
            Instant previous = before;
            boolean broken = previous == null
                    || timeline.unobserved().stream().anyMatch(u -> u.overlaps(new Interval(previous, s.at())));
            if (broken) {
                out.add(new ArrayList<>());
            }
            out.get(out.size() - 1).add(s);
            before = s.at();
        }
        return out;
    }
}
