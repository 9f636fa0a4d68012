package io.gds.database.topology;

/** What a member does in its cluster at an instant. */
public enum MemberRole {
    /** Accepts writes and is followed by others. */
    PRIMARY,
    /** Follows and can be promoted. */
    STANDBY,
    /** Follows, serves reads, and is never promoted (delayed, hidden, tagged). */
    REPLICA,
    /** One of several members that all accept writes. */
    WRITABLE,
    /** Votes but holds no data. */
    ARBITER,
    /** Could not be determined; never treated as any of the others. */
    UNKNOWN
}
