package io.gds.database.spi;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A table of the history in an engine's own words: columns over the runs, targets or steps of its plans. The history stays one and
 * the same for all engines; where it is kept in a database, a view of this name stands beside its tables.
 *
 * @param name lower-case with underscores, for example {@code hotfix_steps}
 * @param rows what there is a row of
 * @param kinds the kinds of plans that it is about; of the engine's own plans, also where other engines have plans of the kind
 * @param actions of steps: the names of the actions that it is about, in whichever version; all when empty
 * @param columns in their order; each view begins with the run's name by itself
 */
public record HistoryView(String name, Rows rows, Set<String> kinds, Set<String> actions, List<HistoryColumn> columns) {
    static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    /** What a view has rows of. */
    public enum Rows {
        /** A row for each run. Fields: title, cluster, status, created_at, finished_at. */
        RUNS,
        /** A row for each target of each run. Fields: name, server, build_before, build_target, note, status, started_at, completed_at, error, created_at (of the run). */
        TARGETS,
        /** A row for each step of each run. Fields: step, ord, server, target, action, title, status, started_at, completed_at, error. */
        STEPS
    }

    /** Checks the name and copies. */
    public HistoryView {
        requireNonNull(rows, "rows");
        kinds = Set.copyOf(kinds);
        actions = Set.copyOf(actions);
        columns = List.copyOf(columns);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name of a view: found \"" + name + "\", expected " + NAME);
        }
        if (kinds.isEmpty() || columns.isEmpty()) {
            throw new IllegalArgumentException("view " + name + ": expected a kind of plans and a column at least");
        }
    }
}
