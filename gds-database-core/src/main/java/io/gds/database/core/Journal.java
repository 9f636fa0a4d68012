package io.gds.database.core;

import static java.util.Objects.requireNonNull;

import io.gds.database.core.internal.journal.JournalStore;
import io.gds.database.core.internal.journal.SqliteJournal;
import io.gds.database.core.internal.testing.SeamHolder;
import java.nio.file.Path;

/**
 * Where runs are kept: plans, events, claims and leases. Several processes may open the same journal at the same time.
 *
 * <p>Thread-safe.
 */
public final class Journal implements AutoCloseable {
    static {
        SeamHolder.give(new CoreSeams());
    }

    private final JournalStore store;

    private Journal(JournalStore store) {
        this.store = store;
    }

    /**
     * Opens or creates a journal in an SQLite file with mode 0600. Every commit reaches the disk before it counts. Views of the history
     * in the words of the engines that are installed (see {@link RunHistory#rows}) stand beside its tables, for whoever opens the file with
     * another program. The commit ledgers of availability probes lie beside it, in a directory of the same name with {@code .ledgers} added.
     *
     * @param file on a local disk
     * @throws io.gds.database.error.GdsDatabaseException with code {@code GDS-JOURNAL-NETWORK} on a network file system,
     *     {@code GDS-JOURNAL-MODE} when others may read it, {@code GDS-JOURNAL-NEWER} when a newer release wrote it
     */
    public static Journal sqlite(Path file) {
        SqliteJournal store = new SqliteJournal(requireNonNull(file, "file"));
        try {
            EngineViews.define(store.history().orElseThrow());
        } catch (RuntimeException | Error e) {
            store.close();
            throw e;
        }
        return new Journal(store);
    }

    /** A journal on another store; for tests that crash between writes. */
    static Journal on(JournalStore store) {
        return new Journal(store);
    }

    JournalStore store() {
        return store;
    }

    /** Closes the file. */
    @Override
    public void close() {
        store.close();
    }
}
