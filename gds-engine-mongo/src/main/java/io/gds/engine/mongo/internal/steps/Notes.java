package io.gds.engine.mongo.internal.steps;

import io.gds.database.error.GdsDatabaseException;
import io.gds.engine.mongo.internal.client.Clients;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entries in the primary's log of writes that change nothing, one after the other for a moment: a member accepts a source only
 * while that one is ahead of it, and on a quiet set nobody is ahead of anybody.
 */
final class Notes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Notes.class);
    private static final Document NOTE =
            new Document("appendOplogNote", 1).append("data", new Document("msg", "gds-database moves a sync source"));

    private volatile boolean over;

    private Notes(boolean over) {
        this.over = over;
    }

    /** Without any. */
    static Notes none() {
        return new Notes(true);
    }

    /** Begins to write them. */
    static Notes begin(Clients clients) {
        Notes notes = new Notes(false);
        Thread writer = new Thread(() -> notes.write(clients), "gds-mongo-notes");
        writer.setDaemon(true);
        writer.start();
        return notes;
    }

    private void write(Clients clients) {
        try {
            while (!over) {
                clients.askSet(NOTE);
            }
        } catch (GdsDatabaseException e) {
            LOG.debug("no more notes", e); // they only help
        }
    }

    /** Goes on for a while. */
    void last(Duration time) {
        if (!over) {
            LockSupport.parkNanos(time.toNanos());
        }
    }

    @Override
    public void close() {
        over = true;
    }
}
