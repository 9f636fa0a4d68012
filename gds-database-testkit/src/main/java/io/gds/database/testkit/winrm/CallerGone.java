package io.gds.database.testkit.winrm;

/** The connection of a request was cut before it was done, so it is not done at all. */
final class CallerGone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CallerGone() {
        super("the client was cut off");
    }
}
