package io.gds.database.core.internal.ssh;

import io.gds.database.error.GdsDatabaseException;

/** What several classes here have to say when something fails. */
public final class Failures {
    private Failures() {}

    static GdsDatabaseException interrupted(String what, String state) {
        return interrupted(what, state, new InterruptedException());
    }

    /** Somebody interrupted us; {@code state} says what is left on the host. */
    public static GdsDatabaseException interrupted(String what, String state, Exception cause) {
        return GdsDatabaseException.environment("GDS-INTERRUPTED")
                .message(what + " was interrupted; " + state)
                .remedy("probe what it had done before running it again.")
                .cause(cause)
                .build();
    }

    /** The innermost cause that says something. */
    public static String reason(Throwable e) {
        String said = String.valueOf(e.getMessage());
        Throwable at = e;
        while (at.getCause() != null) {
            at = at.getCause();
            if (at.getMessage() != null) {
                said = at.getMessage();
            }
        }
        return at.getClass().getSimpleName() + ", " + said;
    }
}
