package io.gds.database.testkit.mssql;

/** Why the data of a database do not move to a replica until somebody says RESUME. */
public enum SuspendReason {
    /** Somebody has said SUSPEND. */
    USER(0),
    /** Another replica became primary by force. */
    PARTNER(1),
    /** An error while the log was redone. */
    REDO(2),
    /** An error while the log was read on the primary. */
    CAPTURE(3),
    /** An error while the log was written. */
    APPLY(4),
    /** It was so before a restart. */
    RESTART(5),
    /** An error while changes were undone. */
    UNDO(6),
    /** The logs do not fit together. */
    REVALIDATION(7),
    /** No common point of the logs was found. */
    XRF_UPDATE(8);

    private final int number;

    SuspendReason(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    String text() {
        return "SUSPEND_FROM_" + name();
    }
}
