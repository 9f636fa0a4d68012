package io.gds.database.testkit.mssql;

import java.time.Instant;
import java.util.List;

/** A committed transaction in the log of a database. The same object in the logs of all replicas that have it. Guarded by the group's lock. */
final class LogRecord {
    /** What a transaction has changed. */
    sealed interface Change {
        /** The table, without its schema. */
        String table();
    }

    /**
     * A table of one column of whole numbers.
     *
     * @param unique whether no number may be there twice
     */
    record NewTable(String table, String column, boolean unique) implements Change {}

    /** A table that is there no longer. */
    record OldTable(String table) implements Change {}

    /** A row. */
    record NewRow(String table, long value) implements Change {}

    private final List<Change> changes;
    private final double end;
    private final Instant at;
    private boolean done;

    /**
     * A transaction.
     *
     * @param end kilobytes from the beginning of the log to the end of this
     */
    LogRecord(List<? extends Change> changes, double end, Instant at) {
        this.changes = List.copyOf(changes);
        this.end = end;
        this.at = at;
    }

    List<Change> changes() {
        return changes;
    }

    double end() {
        return end;
    }

    Instant at() {
        return at;
    }

    /** Whether the commit is over on the primary: until then its changes are locked there. */
    boolean isDone() {
        return done;
    }

    void done() {
        done = true;
    }
}
