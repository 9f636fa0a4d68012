package io.gds.database.datasource;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One check-out after the other: parked, counted, and for a while after a hold looked at, since pools do not notice that
 * their connections lead to a server that is gone or takes no writes any more. Thread-safe.
 */
final class CheckOut {
    private static final Logger LOG = LoggerFactory.getLogger(CheckOut.class);
    private static final long FIRST_PAUSE_NANOS = Duration.ofMillis(1).toNanos();
    private static final long LONGEST_PAUSE_NANOS = Duration.ofMillis(50).toNanos();

    /** So many dead connections may lie in the pool one after the other; taking them out needs no pause. */
    private static final int DEAD_IN_A_ROW = 64;

    private final Hold hold;
    private final ConnectionCheck check;

    /** The pool. */
    interface Source {
        Connection get() throws SQLException;
    }

    CheckOut(Hold hold, ConnectionCheck check) {
        this.hold = hold;
        this.check = check;
    }

    Connection from(Source pool) throws SQLException {
        long end = System.nanoTime() + hold.longest().toNanos();
        Lease lease = enter(end);
        boolean handedOut = false;
        try {
            Connection out = LeasedConnection.of(usable(pool, end), lease, hold.cleaner());
            handedOut = true;
            return out;
        } finally {
            if (!handedOut) {
                lease.end();
            }
        }
    }

    private Lease enter(long end) throws SQLException {
        try {
            Lease lease = hold.enter(end);
            if (lease == null) {
                throw new SQLTransientConnectionException(
                        "parked by a hold for " + hold.longest().toMillis()
                                + " ms; holds follow one another too closely",
                        "08001");
            }
            return lease;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private Connection usable(Source pool, long end) throws SQLException {
        long pause = FIRST_PAUSE_NANOS;
        int dead = 0;
        while (true) {
            SQLException why;
            try {
                Connection c = pool.get();
                Answer answer = hold.isSettling() ? ask(c) : Answer.USABLE;
                if (answer == Answer.USABLE) {
                    return c;
                }
                discard(c);
                if (answer == Answer.DEAD && ++dead < DEAD_IN_A_ROW) {
                    continue;
                }
                why = new SQLTransientConnectionException(
                        "no server that takes writes within " + hold.longest().toMillis() + " ms of a hold", "08001");
            } catch (SQLException e) {
                if (!hold.isSettling() || !isConnectionTrouble(e)) {
                    throw e;
                }
                why = e;
            }
            if (end - System.nanoTime() <= pause) {
                throw why;
            }
            LockSupport.parkNanos(pause);
            if (Thread.interrupted()) {
                throw interrupted(new InterruptedException());
            }
            pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
        }
    }

    private enum Answer {
        USABLE,
        TAKES_NO_WRITES,
        DEAD
    }

    private Answer ask(Connection c) {
        try {
            return check.takesWrites(c) ? Answer.USABLE : Answer.TAKES_NO_WRITES;
        } catch (SQLException e) {
            LOG.debug("{} is dead", c, e);
            return Answer.DEAD;
        }
    }

    /** Gives a connection back in such a way that its pool does not hand it out again. */
    private static void discard(Connection c) {
        try {
            c.abort(Runnable::run);
            c.createStatement().close(); // fails, and pools that judge by errors see it
        } catch (SQLException e) {
            LOG.trace("discarding", e);
        }
        try {
            c.close();
        } catch (SQLException e) {
            LOG.trace("discarding", e);
        }
    }

    private static boolean isConnectionTrouble(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return e instanceof SQLTransientConnectionException
                || e instanceof SQLNonTransientConnectionException
                || state.startsWith("08")
                || state.startsWith("57P");
    }

    private static SQLException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new SQLTransientConnectionException("interrupted while a check-out was parked", "08001", e);
    }
}
