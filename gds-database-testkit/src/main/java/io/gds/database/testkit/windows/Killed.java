package io.gds.database.testkit.windows;

/** Ends a thread whose process was ended. No script can catch it. */
final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Killed() {
        super("killed", null, false, false);
    }
}
