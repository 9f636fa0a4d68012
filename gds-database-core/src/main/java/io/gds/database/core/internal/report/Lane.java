package io.gds.database.core.internal.report;

import java.util.ArrayList;
import java.util.List;

/**
 * One swim-lane and where everything in it is drawn: spans with a label above, steps below, in as many rows as needed
 * so that nothing hides anything.
 *
 * @param name the member, or {@code cluster}
 * @param top where the lane begins, in pixels
 * @param height how tall it is, in pixels
 * @param spans brackets and gates
 * @param bars passes of steps
 */
record Lane(String name, double top, double height, List<PlacedSpan> spans, List<PlacedBar> bars) {
    static final double SPAN_ROW = 18;
    static final double BAR_ROW = 26;
    static final double BAR = 21;
    private static final double PADDING = 6;
    private static final double LEAST = 0.35;
    private static final double CHARACTER = 0.68;
    private static final double BOLD = 1.1;

    /**
     * A bracket or a gate.
     *
     * @param label what stands above it
     * @param about what the tooltip says
     * @param kind its CSS class
     * @param from begin, in percent
     * @param to end, in percent
     * @param top top edge, in pixels
     */
    record PlacedSpan(String label, String about, String kind, double from, double to, double top) {}

    /**
     * A pass of a step.
     *
     * @param span the pass
     * @param from begin, in percent
     * @param to end, in percent
     * @param top top edge, in pixels
     */
    record PlacedBar(StepSpan span, double from, double to, double top) {
        /** The longest text that fits; may be empty. */
        String label() {
            double room = to - from - 0.6;
            String number = span.number() == 0 ? "" : String.valueOf(span.number());
            String full = (number + " " + span.title()).strip();
            if (BOLD * width(full) <= room) {
                return full;
            }
            return BOLD * width(number) <= room ? number : "";
        }
    }

    static List<Lane> of(RunTimeline t, TimeScale scale, double top) {
        List<Lane> out = new ArrayList<>();
        double y = top;
        for (String name : t.steps().lanes()) {
            Lane lane = lane(name, t, scale, y);
            out.add(lane);
            y += lane.height();
        }
        return out;
    }

    private static Lane lane(String name, RunTimeline t, TimeScale scale, double top) {
        Rows spanRows = new Rows();
        List<PlacedSpan> spans = new ArrayList<>();
        gates(name, t, scale, spanRows, spans);
        t.brackets().stream().filter(b -> b.lane().equals(name)).forEach(b -> {
            String about = (b.urgent() ? "urgent bracket " : "bracket ") + b.name() + ", "
                    + Words.duration(b.time().length()) + (b.closed() ? "" : ", not closed");
            // While the run goes on, an open bracket is as it should be.
            boolean left = !b.closed() && !t.goesOn();
            String kind = "bracket" + (b.urgent() ? " urgent" : "") + (left ? " unclosed" : "");
            spans.add(span(b.name(), about, kind, b.time(), scale, spanRows));
        });
        double barsTop = PADDING + spanRows.count() * SPAN_ROW + (spans.isEmpty() ? 0 : 3);
        Rows barRows = new Rows();
        List<PlacedBar> bars = new ArrayList<>();
        t.spans().stream().filter(s -> s.lane().equals(name)).forEach(s -> {
            double from = scale.at(s.time().from());
            double to = Math.max(from + LEAST, scale.at(s.time().to()));
            int row = barRows.place(new Rows.Stretch(from, to, s.end() == StepSpan.End.SKIPPED));
            bars.add(new PlacedBar(s, from, to, top + barsTop + row * BAR_ROW));
        });
        double height = barsTop + Math.max(1, barRows.count()) * BAR_ROW + PADDING - (BAR_ROW - BAR);
        List<PlacedSpan> moved = spans.stream()
                .map(s -> new PlacedSpan(
                        s.label(), s.about(), s.kind(), s.from(), s.to(), top + PADDING + s.top() * SPAN_ROW))
                .toList();
        return new Lane(name, top, height, moved, bars);
    }

    private static void gates(String name, RunTimeline t, TimeScale scale, Rows spanRows, List<PlacedSpan> spans) {
        t.gates().stream()
                .filter(g -> t.steps()
                        .find(g.step())
                        .map(t.steps()::lane)
                        .orElse(Steps.CLUSTER)
                        .equals(name))
                .forEach(g -> g.held(t.time().to()).ifPresent(held -> {
                    String about = "gate " + g.name() + ": " + g.rule() + "; " + g.state() + " after "
                            + Words.duration(held.length());
                    spans.add(span(g.name(), about, "gate", held, scale, spanRows));
                }));
    }

    private static PlacedSpan span(String label, String about, String kind, Interval time, TimeScale scale, Rows rows) {
        double from = scale.at(time.from());
        double to = Math.max(from + LEAST, scale.at(time.to()));
        double labelFrom = Math.min(from, 100 - width(label));
        int row = rows.place(new Rows.Stretch(labelFrom, Math.max(to, labelFrom + width(label) + 0.5), false));
        return new PlacedSpan(label, about, kind, from, to, row);
    }

    /** About how wide a text is, in percent of a picture that is about 900 pixels wide. */
    static double width(String text) {
        return text.codePointCount(0, text.length()) * CHARACTER;
    }

    /** First row in which a stretch does not touch an earlier one. */
    private static final class Rows {
        private final List<List<Stretch>> taken = new ArrayList<>();

        /**
         * A part of a row.
         *
         * @param mere whether it marks a moment at which nothing was done; such marks lie on each other
         */
        record Stretch(double from, double to, boolean mere) {
            boolean touches(Stretch o) {
                return from < o.to - 1e-6 && o.from < to - 1e-6 && !(mere && o.mere);
            }
        }

        int place(Stretch fresh) {
            int row = 0;
            while (row < taken.size() && taken.get(row).stream().anyMatch(fresh::touches)) {
                row++;
            }
            if (row == taken.size()) {
                taken.add(new ArrayList<>());
            }
            taken.get(row).add(fresh);
            return row;
        }

        int count() {
            return taken.size();
        }
    }
}
