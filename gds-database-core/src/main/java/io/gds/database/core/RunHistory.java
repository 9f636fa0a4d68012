package io.gds.database.core;

import io.gds.database.core.internal.journal.HistoryStore;
import io.gds.database.core.internal.journal.JournalStore;
import io.gds.database.core.internal.journal.StoredRun;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.ClusterRef;
import io.gds.database.plan.Params;
import io.gds.database.run.RunId;
import io.gds.database.run.RunStatus;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The runs of a journal. Thread-safe. */
public final class RunHistory {
    private static final int MOST = 100_000;

    private final JournalStore journal;
    private final Clock clock;

    RunHistory(JournalStore journal, Clock clock) {
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * One line of the list: cheap to read, also for ten thousand runs.
     *
     * @param run its name
     * @param status how it stands
     * @param cluster the cluster
     * @param title the plan's title
     */
    public record Line(RunId run, RunStatus status, String cluster, String title) {}

    /** Runs, newest first; all of them when no status is given. */
    public List<Line> list(RunStatus... statuses) {
        return journal.list(Arrays.asList(statuses), MOST).stream()
                .map(RunHistory::line)
                .toList();
    }

    private static Line line(StoredRun r) {
        return new Line(r.run(), r.status(), r.cluster(), r.title());
    }

    /**
     * Rows of a table over all runs, the oldest run first: {@code run_steps}, {@code run_targets}, {@code run_heads}, or a view of an
     * engine, for example {@code hotfix_targets}. Values that are not known are left out of a row.
     *
     * @param view its name
     * @throws GdsDatabaseException with code {@code GDS-HISTORY-VIEW} when there is no such view, {@code GDS-HISTORY} when this
     *     journal's store has no tables
     */
    public List<Params> rows(String view) {
        return rows(view, Map.of());
    }

    /**
     * Rows of a table over all runs that are about something, for example about one server: how it fared over time.
     *
     * @param view its name
     * @param filter columns, and the values that they must have; case does not count
     * @throws GdsDatabaseException as {@link #rows(String)}, also when there is no such column
     */
    public List<Params> rows(String view, Map<String, String> filter) {
        return tables().rows(view, filter);
    }

    /**
     * The servers that plans were ever made for: {@code name}, {@code isActive}, {@code firstSeenAt}, {@code lastSeenAt}.
     *
     * @throws GdsDatabaseException with code {@code GDS-HISTORY} when this journal's store has no tables
     */
    public List<Params> servers() {
        return tables().servers();
    }

    /**
     * Says whether a server still counts as one of the fleet.
     *
     * @throws GdsDatabaseException with code {@code GDS-HISTORY-SERVER} when no plan was ever made for it, {@code GDS-HISTORY} when
     *     this journal's store has no tables
     */
    public void activate(String server, boolean active) {
        if (!tables().activate(server, active)) {
            throw GdsDatabaseException.user("GDS-HISTORY-SERVER")
                    .message("server: found \"" + server + "\", expected one that a plan was made for.")
                    .remedy("list them with runs().servers().")
                    .build();
        }
    }

    /**
     * The clusters that plans were made for, each as its plan had it, the newest run's first: one that many runs were about comes as
     * often. Plans are read one by one, as the stream is.
     */
    public Stream<ClusterRef> clusters() {
        return journal.list(List.of(), MOST).stream()
                .map(r -> new RunView(journal, r.run(), clock).plan().cluster());
    }

    private HistoryStore tables() {
        return journal.history().orElseThrow(() -> GdsDatabaseException.user("GDS-HISTORY")
                .message("this journal's store keeps runs, and no tables over them.")
                .remedy("use Journal.sqlite.")
                .build());
    }

    /** A run by name. */
    public Optional<RunView> find(RunId run) {
        return journal.find(run).map(r -> new RunView(journal, r.run(), clock));
    }

    /** A run by name. */
    public Optional<RunView> find(String run) {
        return find(RunId.of(run));
    }
}
