package io.gds.database.testkit.mssql;

import java.time.Duration;

/**
 * How a run of setup goes.
 *
 * @param exitCode what it ends with
 * @param replaces whether the programs are replaced by then
 * @param takes how long it takes; zero for one that hangs until {@link UpdatePackage#endHanging}
 * @param message what Summary.txt says in its exit message; empty for nothing
 * @param restartPending whether Windows waits for a restart afterwards
 */
public record SetupBehaviour(int exitCode, boolean replaces, Duration takes, String message, boolean restartPending) {
    private static final Duration USUAL = Duration.ofMinutes(8);

    /** All goes well. */
    public static SetupBehaviour good() {
        return new SetupBehaviour(0, true, USUAL, "", false);
    }

    /** All goes well, and a restart of the host is left to do: 3010. */
    public static SetupBehaviour restartRequired() {
        return new SetupBehaviour(3010, true, USUAL, "", true);
    }

    /** It fails and changes nothing. */
    public static SetupBehaviour failing(int exitCode, String message) {
        return new SetupBehaviour(exitCode, false, USUAL, message, false);
    }

    /** The programs are replaced, and the database engine does not come up with them: 0x851A001A. */
    public static SetupBehaviour replacedNotRunning() {
        return new SetupBehaviour(
                0x851A001A, true, USUAL, "Wait on the Database Engine recovery handle failed.", false);
    }

    /** It never ends, or changes nothing when a test ends it. */
    public static SetupBehaviour hanging() {
        return new SetupBehaviour(0, false, Duration.ZERO, "", false);
    }

    /** The same in another time; zero for one that hangs until {@link UpdatePackage#endHanging}. */
    public SetupBehaviour in(Duration time) {
        return new SetupBehaviour(exitCode, replaces, time, message, restartPending);
    }
}
