package io.gds.database.testkit.tds;

/** An error of the server, as clients get it. Severity 20 and above ends the connection. */
public final class SqlFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final int number;
    private final int state;
    private final int severity;

    /** An error by its number, state (0 to 255), severity (11 to 25) and text. */
    public SqlFailure(int number, int state, int severity, String text) {
        super(text);
        this.number = number;
        this.state = state;
        this.severity = severity;
    }

    /** 18456: wrong user or password. */
    public static SqlFailure loginFailed(String user) {
        return new SqlFailure(18456, 1, 14, "Login failed for user '" + user + "'.");
    }

    /** 18401: the server runs its upgrade scripts after a restart. */
    public static SqlFailure scriptUpgradeMode(String user) {
        return new SqlFailure(
                18401,
                1,
                14,
                "Login failed for user '" + user
                        + "'. Reason: Server is in script upgrade mode. Only administrator can connect at this time.");
    }

    /** 4060: the database asked for is not there, or not to be opened. */
    public static SqlFailure cannotOpenDatabase(String database) {
        return new SqlFailure(
                4060, 1, 11, "Cannot open database \"" + database + "\" requested by the login. The login failed.");
    }

    /** What drivers show as the error code. */
    public int number() {
        return number;
    }

    /** Tells apart the places that raise one number. */
    public int state() {
        return state;
    }

    /** 11 to 16: of the request; 17 to 19: of resources; 20 to 25: the connection ends. */
    public int severity() {
        return severity;
    }

    SqlOutcome.Failed outcome() {
        return new SqlOutcome.Failed(number, state, severity, String.valueOf(getMessage()));
    }
}
