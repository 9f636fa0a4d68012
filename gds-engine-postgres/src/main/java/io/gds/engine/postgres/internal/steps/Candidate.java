package io.gds.engine.postgres.internal.steps;

import io.gds.database.error.GdsDatabaseException;
import io.gds.engine.postgres.internal.control.Lsn;
import io.gds.engine.postgres.internal.control.Spin;
import io.gds.engine.postgres.internal.sql.Session;
import io.gds.engine.postgres.internal.sql.SqlErrors;
import io.gds.engine.postgres.internal.sql.SqlText;
import java.sql.SQLException;
import java.time.Duration;

/** The member that takes over, on a connection that was there before the old primary went. Confined to one thread. */
final class Candidate {
    /** Shorter than the patience of the dead man's timer: whoever lives decides. */
    private static final Duration ARRIVAL_LIMIT = Duration.ofSeconds(5);

    private static final Duration PROMOTION_LIMIT = Duration.ofSeconds(30);
    private static final Duration ASK_AGAIN = Duration.ofMillis(20);
    private static final String NOT_IN_RECOVERY = "55000";

    private final String member;
    private final Session session;

    Candidate(String member, Session session) {
        this.member = member;
        this.session = session;
    }

    Lsn replayed() throws SQLException {
        return Lsn.parse(
                session.one("SELECT coalesce(pg_last_wal_replay_lsn(), '0/0')::text AS lsn", r -> r.text("lsn")));
    }

    /** Whether it listens to its upstream, or does so in a moment. */
    boolean streamsWithin(Duration limit) throws SQLException {
        return Spin.until(
                () -> session.one(
                        "SELECT EXISTS (SELECT 1 FROM pg_stat_wal_receiver WHERE status = 'streaming') AS yes",
                        r -> r.flag("yes")),
                limit);
    }

    /** Proves that all that the old primary has written is here. */
    boolean hasAll(Lsn shutdownCheckpoint) throws SQLException {
        return Spin.until(() -> replayed().compareTo(shutdownCheckpoint) > 0, ARRIVAL_LIMIT);
    }

    GdsDatabaseException notArrived(String from, Lsn shutdownCheckpoint) throws SQLException {
        return GdsDatabaseException.engine("PG-CHECKPOINT-NOT-ARRIVED")
                .message("the shutdown checkpoint " + shutdownCheckpoint + " of " + from + " is not on " + member
                        + ", which has replayed to " + replayed() + "; nothing was promoted, and " + from
                        + " was started again.")
                .remedy("let " + member + " catch up; it is tried again.")
                .retryable()
                .build();
    }

    /** Promotes; only ever called after the proof. */
    void takeOver(Caller c) throws SQLException {
        if (!promoted(c)) {
            throw GdsDatabaseException.engine("PG-PROMOTION")
                    .message("member " + member + " did not leave recovery within " + PROMOTION_LIMIT + ".")
                    .remedy("read its log.")
                    .retryable()
                    .build();
        }
    }

    /**
     * Asks, and asks again while nothing happens. A server that loses its upstream and is asked at the same moment may
     * overlook the request and sleep for wal_retrieve_retry_interval, 5 s by default; being asked again wakes it. We do not
     * let the server wait for the promotion either: it looks every 100 ms only.
     */
    private boolean promoted(Caller c) throws SQLException {
        long end = System.nanoTime() + PROMOTION_LIMIT.toNanos();
        while (System.nanoTime() < end) {
            c.fence().run();
            if (asked() || Spin.until(() -> !session.inRecovery(), ASK_AGAIN)) {
                return true;
            }
            if (Thread.currentThread().isInterrupted()) {
                return false;
            }
        }
        return false;
    }

    /** Whether it turned out to be promoted already. */
    private boolean asked() throws SQLException {
        try {
            session.execute(SqlText.of("SELECT CASE WHEN pg_is_in_recovery() THEN pg_promote(false) END"));
            return false;
        } catch (SQLException e) {
            if (SqlErrors.state(e).equals(NOT_IN_RECOVERY)) {
                return true;
            }
            throw e;
        }
    }
}
