package io.gds.database.testkit.mssql;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Something that was done to a group, or happened in it. Replicas have the names of their servers. */
public sealed interface GroupEvent {
    /** When, by the timer of the hosts. */
    Instant at();

    /** Why another replica is primary. */
    enum Cause {
        /** FAILOVER. */
        PLANNED,
        /** FORCE_FAILOVER_ALLOW_DATA_LOSS. */
        FORCED,
        /** The cluster did it, since the primary was gone. */
        AUTOMATIC,
        /** A test said that somebody else has done it. */
        SOMEBODY_ELSE,
        /** The same one as before is back. */
        RETURNED
    }

    /**
     * Somebody has asked for a failover by a statement.
     *
     * @param by who, by the name that the client gives its application
     * @param target to whom
     * @param forced whether losing data was allowed
     * @param ready whether every database was ready for it
     * @param refusedBy the number of the error; 0 when it was accepted
     */
    record FailoverAsked(Instant at, String by, String target, boolean forced, boolean ready, int refusedBy)
            implements GroupEvent {}

    /**
     * There is a new primary, or the old one again.
     *
     * @param from who was it before; null when nobody was
     * @param to who is it now
     */
    record PrimaryChanged(Instant at, @Nullable String from, String to, Cause cause) implements GroupEvent {}

    /** The primary has made itself a secondary by SET (ROLE = SECONDARY). */
    record PrimaryDemoted(Instant at, String replica) implements GroupEvent {}

    /** A primary is gone, and there is none for now. */
    record PrimaryLost(Instant at, String replica) implements GroupEvent {}

    /**
     * A client's commit has to wait.
     *
     * @param becauseOf the replicas that it waits for
     */
    record CommitBlocked(Instant at, String database, Set<String> becauseOf) implements GroupEvent {
        /** Takes a copy. */
        public CommitBlocked {
            becauseOf = Set.copyOf(becauseOf);
        }
    }

    /** A commit that had to wait was acknowledged. */
    record CommitReleased(Instant at, String database) implements GroupEvent {}

    /**
     * Something was set by a statement.
     *
     * @param replica whose setting it is; empty for one of the group
     * @param name of the setting, as in the statement
     * @param before what it was
     * @param after what it is; may be the same
     */
    record SettingChanged(Instant at, String replica, String name, String before, String after) implements GroupEvent {}

    /**
     * The data of a database have stopped moving until somebody says RESUME.
     *
     * @param reason why
     */
    record Suspended(Instant at, String replica, String database, SuspendReason reason) implements GroupEvent {}

    /** Somebody has said RESUME for a database that was suspended. */
    record Resumed(Instant at, String replica, String database) implements GroupEvent {}

    /** A secondary was connected to the primary, or the other way round. */
    record ConnectionChanged(Instant at, String replica, boolean connected) implements GroupEvent {}

    /** A database has become SYNCHRONIZED on a secondary, or is so no longer. */
    record SynchronizationChanged(Instant at, String replica, String database, boolean isSynchronized)
            implements GroupEvent {}
}
