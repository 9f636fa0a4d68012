package io.gds.database.plan;

import java.time.Duration;
import java.util.Locale;

/** Renders a plan for people. */
final class Runbook {
    private Runbook() {}

    static String render(Plan plan) {
        StringBuilder out = new StringBuilder();
        out.append(plan.title()).append('\n');
        out.append("cluster ")
                .append(plan.cluster().name())
                .append(" (")
                .append(plan.cluster().engine())
                .append("), plan ")
                .append(plan.hash(), 0, 12)
                .append(", ")
                .append(plan.steps().size())
                .append(" steps\n");
        Estimates e = plan.estimates();
        out.append(
                e.source().isEmpty()
                        ? "expected time and write gap: not known; rehearse the plan to measure them\n"
                        : "expected time " + seconds(e.total())
                                + e.writeGap()
                                        .map(g -> ", longest write gap " + seconds(g))
                                        .orElse("")
                                + " (" + e.source() + ")\n");
        e.turns().ifPresent(t -> out.append("the primary's turn: ")
                .append(t)
                .append("; as it looks now by ")
                .append(t.shorter() == PrimaryTurn.SWITCHOVER ? "switchover" : "restart in place")
                .append('\n'));
        out.append("on failure: ")
                .append(
                        plan.rollbackOnFailure()
                                ? "the way back runs by itself"
                                : "brackets are closed, the rest stays")
                .append("\n\nFindings\n");
        if (plan.findings().isEmpty()) {
            out.append("  none\n");
        }
        plan.findings().forEach(f -> out.append("  ").append(f).append('\n'));
        out.append("\nSteps\n");
        int n = 0;
        for (Step s : plan.steps()) {
            n++;
            s.gate().ifPresent(g -> out.append("      gate ")
                    .append(g.name())
                    .append(": ")
                    .append(g.rule().describe())
                    .append('\n'));
            out.append(String.format(Locale.ROOT, "%4d  %-28s %s", n, s.id(), s.title()));
            e.of(s.id()).ifPresent(d -> out.append("  ~").append(seconds(d)));
            out.append('\n');
            s.params().object("details").asMap().forEach((k, v) -> out.append("        ")
                    .append(k)
                    .append(": ")
                    .append(v instanceof java.util.Collection<?> all ? join(all) : v)
                    .append('\n'));
            s.when().ifPresent(c -> out.append("        only ").append(c).append('\n'));
            out.append("        way back: ").append(wayBack(s)).append('\n');
        }
        return out.toString();
    }

    private static String wayBack(Step s) {
        if (s.onlyBack().isPresent()) {
            return "this step is for the way back of " + s.onlyBack().get() + " alone";
        }
        if (s.isSeal()) {
            return "none: there is no way back behind this step";
        }
        if (s.isOpener()) {
            return "bracket \"" + s.bracket().orElseThrow().bracket() + "\" is closed, on failure too";
        }
        if (s.isCloser()) {
            return "bracket \"" + s.bracket().orElseThrow().bracket()
                    + "\" is opened again when something inside must be undone";
        }
        return s.undo().map(u -> u.action() + " " + u.params().toJson()).orElse("nothing to take back");
    }

    private static String join(java.util.Collection<?> all) {
        return all.stream().map(String::valueOf).collect(java.util.stream.Collectors.joining(", "));
    }

    private static String seconds(Duration d) {
        return String.format(Locale.ROOT, "%.1f s", d.toMillis() / 1000.0);
    }
}
