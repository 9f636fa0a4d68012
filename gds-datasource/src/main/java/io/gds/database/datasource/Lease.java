package io.gds.database.datasource;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection that is out, or about to be. Knows nothing of the proxy that the application holds. Thread-safe. */
final class Lease {
    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

    private final Hold hold;
    private final long since = System.nanoTime();
    private volatile Thread user = Thread.currentThread();
    private volatile @Nullable Connection connection;

    Lease(Hold hold) {
        this.hold = hold;
    }

    void give(Connection out) {
        connection = out;
    }

    /** The calling thread uses the connection from now on: what it checks out meanwhile is nested. */
    void used() {
        user = Thread.currentThread();
    }

    boolean isUsedBy(Thread thread) {
        return user.equals(thread);
    }

    long since() {
        return since;
    }

    /** The connection has come back; only the first call counts. */
    void end() {
        hold.leave(this);
    }

    /** Nobody can reach the connection any more; after its end that means nothing. */
    void lost() {
        if (hold.leave(this)) {
            LOG.warn(
                    "a connection that was checked out {} ms ago was never closed; it counts as returned",
                    (System.nanoTime() - since) / 1_000_000);
        }
    }

    /** Whether somebody has closed the connection under the proxy, through {@code Statement.getConnection} for one. */
    boolean wasClosedElsewhere() {
        Connection out = connection;
        try {
            return out != null && out.isClosed();
        } catch (SQLException e) {
            return false;
        }
    }
}
