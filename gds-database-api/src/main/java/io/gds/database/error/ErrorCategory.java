package io.gds.database.error;

/** Who can do something about a failure. */
public enum ErrorCategory {
    /** The caller asked for something wrong or stale; nothing was touched. */
    USER,
    /** The world outside is not as needed: network, disk, permissions, a missing file. */
    ENVIRONMENT,
    /** The database product refused or misbehaved. */
    ENGINE,
    /** A plugin broke its contract. */
    PLUGIN,
    /** A defect of this library. */
    INTERNAL
}
