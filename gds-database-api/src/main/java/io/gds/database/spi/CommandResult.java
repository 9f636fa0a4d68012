package io.gds.database.spi;

import static java.util.Objects.requireNonNull;

import io.gds.database.error.GdsDatabaseException;
import java.time.Duration;

/**
 * How a command ended.
 *
 * @param command what was run, masked
 * @param status how it ended
 * @param exitCode the exit code when it exited, the signal's number when it was killed, otherwise -1
 * @param output standard output, bounded and masked
 * @param error standard error, bounded and masked
 * @param truncated whether output was dropped
 * @param took how long it ran
 */
public record CommandResult(
        String command, Status status, int exitCode, String output, String error, boolean truncated, Duration took) {
    /** How a command ended. */
    public enum Status {
        /** It exited by itself. */
        EXITED,
        /** A signal ended it. */
        KILLED,
        /** Its time was over; its process tree was ended. */
        TIMED_OUT,
        /** It never started. */
        NOT_STARTED,
        /** The connection broke: it may have run, be running, or not. Probe before doing anything again. */
        UNKNOWN
    }

    /** Checks the parts. */
    public CommandResult {
        requireNonNull(command, "command");
        requireNonNull(status, "status");
        requireNonNull(output, "output");
        requireNonNull(error, "error");
        requireNonNull(took, "took");
    }

    /** Whether it exited with 0. */
    public boolean succeeded() {
        return status == Status.EXITED && exitCode == 0;
    }

    /**
     * Returns this result when the command succeeded.
     *
     * @throws GdsDatabaseException with code {@code GDS-COMMAND} naming command, exit code and the end of its output
     */
    public CommandResult orElseThrow() {
        if (succeeded()) {
            return this;
        }
        String said = error.isBlank() ? output : error;
        String end = said.length() > 2000 ? "..." + said.substring(said.length() - 2000) : said;
        throw GdsDatabaseException.environment("GDS-COMMAND")
                .message("command \"" + command + "\": " + status + (status == Status.EXITED ? " with " + exitCode : "")
                        + " after " + took.toMillis() + " ms, it said: " + end.strip())
                .remedy("read what the command said, and run it by hand on that host to see more.")
                .build();
    }
}
