package io.gds.database.testkit.powershell;

/** An error on its way to a catch block. */
final class PsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ErrorRecord error;
    private final boolean thrown;
    private final boolean stopped;

    private PsException(ErrorRecord error, boolean thrown, boolean stopped) {
        super(error.exception().message());
        this.error = error;
        this.thrown = thrown;
        this.stopped = stopped;
    }

    /** By throw: ends the script when nobody catches it. */
    static PsException thrown(ErrorRecord error) {
        return new PsException(error, true, false);
    }

    /** By a method or an operator: ends its statement, and the script only under ErrorActionPreference Stop. */
    static PsException ofStatement(ErrorRecord error) {
        return new PsException(error, false, false);
    }

    /** One that would have let the script go on, but for Stop. */
    static PsException stopped(ErrorRecord error) {
        return new PsException(error, true, true);
    }

    ErrorRecord error() {
        return error;
    }

    boolean isThrown() {
        return thrown;
    }

    boolean isStopped() {
        return stopped;
    }
}
