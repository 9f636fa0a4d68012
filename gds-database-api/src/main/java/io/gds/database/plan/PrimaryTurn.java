package io.gds.database.plan;

/** How the primary comes to run the other version. */
public enum PrimaryTurn {
    /** Whichever promises the shorter write gap, decided when the followers have been patched and measured. */
    AUTO,
    /** A patched follower takes over, then the former primary is patched as a follower. */
    SWITCHOVER,
    /** The other version is put beside the running server, which is then restarted where it is. */
    RESTART_IN_PLACE
}
