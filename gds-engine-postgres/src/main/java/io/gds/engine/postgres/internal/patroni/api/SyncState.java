package io.gds.engine.postgres.internal.patroni.api;

/** Whether commits wait for a replica. */
public enum SyncState {
    /** They do not. */
    ASYNC,
    /** They do: it is a synchronous standby. */
    SYNC,
    /** They wait for some of a group that it belongs to; from 4.0 on. */
    QUORUM
}
