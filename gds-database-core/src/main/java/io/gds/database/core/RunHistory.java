package io.gds.database.core;

import io.gds.database.core.internal.journal.JournalStore;
import io.gds.database.core.internal.journal.StoredRun;
import io.gds.database.run.RunId;
import io.gds.database.run.RunStatus;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

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

    /** A run by name. */
    public Optional<RunView> find(RunId run) {
        return journal.find(run).map(r -> new RunView(journal, r.run(), clock));
    }

    /** A run by name. */
    public Optional<RunView> find(String run) {
        return find(RunId.of(run));
    }
}
