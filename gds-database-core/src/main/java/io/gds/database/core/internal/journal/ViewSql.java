package io.gds.database.core.internal.journal;

import io.gds.database.spi.HistoryColumn;
import io.gds.database.spi.HistoryView;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Writes what an engine says about a table of the history as a view. Names and keys were checked by their own types. */
final class ViewSql {
    private static final Map<HistoryView.Rows, Set<String>> FIELDS = Map.of(
            HistoryView.Rows.RUNS, Set.of("title", "cluster", "status", "created_at", "finished_at"),
            HistoryView.Rows.TARGETS,
                    Set.of(
                            "created_at",
                            "name",
                            "server",
                            "build_before",
                            "build_target",
                            "note",
                            "status",
                            "started_at",
                            "completed_at",
                            "error"),
            HistoryView.Rows.STEPS,
                    Set.of(
                            "step",
                            "ord",
                            "server",
                            "target",
                            "action",
                            "title",
                            "status",
                            "started_at",
                            "completed_at",
                            "error"));

    private final String engine;
    private final HistoryView view;

    private ViewSql(String engine, HistoryView view) {
        this.engine = engine;
        this.view = view;
    }

    /** The whole statement. */
    static String create(String engine, HistoryView view) {
        return "CREATE VIEW " + view.name() + " AS " + new ViewSql(engine, view).select();
    }

    private String select() {
        String columns = view.columns().stream()
                .map(c -> value(c) + " AS \"" + c.name() + "\"")
                .collect(Collectors.joining(", "));
        String head = "SELECT v.run AS run, " + columns + " FROM ";
        return switch (view.rows()) {
            case RUNS -> head + "run_heads v WHERE " + kinds();
            case STEPS -> head + "run_steps v WHERE " + kinds() + actions();
            case TARGETS ->
                head + "run_targets v LEFT JOIN run_steps s ON s.run = v.run AND s.server = v.server"
                        + " AND s.target IN (v.server, v.name) AND v.status <> 'skipped' WHERE " + kinds()
                        + " GROUP BY v.run, v.ord";
        };
    }

    private String value(HistoryColumn column) {
        return switch (column.source()) {
            case FIELD -> field(column);
            case PARAM -> param(column);
            case FACT -> fact(column);
            case PARAM_OR_FACT -> "COALESCE(" + param(column) + ", " + fact(column) + ")";
        };
    }

    private String param(HistoryColumn column) {
        refuseRuns(column);
        return "v.params ->> '$." + column.key() + "'";
    }

    private String fact(HistoryColumn column) {
        refuseRuns(column);
        return view.rows() == HistoryView.Rows.STEPS ? fact("v", column.key()) : "max(" + fact("s", column.key()) + ")";
    }

    private String field(HistoryColumn column) {
        Set<String> known = FIELDS.getOrDefault(view.rows(), Set.of());
        if (!known.contains(column.key())) {
            throw new IllegalArgumentException("view " + view.name() + ", column " + column.name() + ": found field \""
                    + column.key() + "\", expected one of " + new TreeSet<>(known));
        }
        return "v." + column.key();
    }

    private void refuseRuns(HistoryColumn column) {
        if (view.rows() == HistoryView.Rows.RUNS) {
            throw new IllegalArgumentException("view " + view.name() + ", column " + column.name()
                    + ": found a value of steps, expected a field: it has rows of runs");
        }
    }

    private static String fact(String of, String key) {
        String path = "e.data ->> '$.facts." + key + "'";
        return "(SELECT " + path + " FROM events e WHERE e.run = " + of + ".run AND e.step = " + of + ".step AND "
                + path + " IS NOT NULL ORDER BY e.seq DESC LIMIT 1)";
    }

    private String kinds() {
        return "v.kind IN (" + literals(view.kinds()) + ") AND (SELECT p.plan ->> '$.cluster.engine' FROM plans p"
                + " WHERE p.run = v.run) = " + literals(Set.of(engine));
    }

    private String actions() {
        return view.actions().isEmpty()
                ? ""
                : " AND substr(v.action, 1, instr(v.action, '@') - 1) IN (" + literals(view.actions()) + ")";
    }

    private static String literals(Collection<String> texts) {
        return List.copyOf(new TreeSet<>(texts)).stream()
                .map(t -> "'" + t.replace("'", "''") + "'")
                .collect(Collectors.joining(", "));
    }
}
