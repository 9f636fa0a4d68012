package io.gds.engine.mongo.internal.control;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.CommandResult;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A start that failed, in words. */
final class StartFailure {
    /** How long a start may take; a server that recovers replays its journal first. */
    static final Duration LIMIT = Duration.ofMinutes(5);

    /** What servers exit with when they cannot start. */
    private static final Map<Integer, String> EXITS = Map.of(
            2, "its options are wrong",
            48, "its port is taken",
            62, "its data is not compatible with this version: see the feature compatibility version",
            100, "it met an error that it does not survive, such as a locked or missing data directory");

    private static final Pattern EXIT = Pattern.compile("exited with (?:error number )?(\\d+)");

    private StartFailure() {}

    /**
     * Does nothing when the start succeeded.
     *
     * @throws GdsDatabaseException with code {@code MONGO-START-FAILED}; what became of a start whose answer was lost is to be
     *     looked up
     */
    static void unless(String member, CommandResult start) {
        if (start.status() != CommandResult.Status.EXITED || start.exitCode() == 0) {
            start.orElseThrow();
            return;
        }
        String said = (start.error() + "\n" + start.output()).strip();
        throw GdsDatabaseException.environment("MONGO-START-FAILED")
                .message("member " + member + " did not start" + inWords(start.exitCode(), said) + ": " + said)
                .remedy("mend what its log on that host says, then retry the step.")
                .build();
    }

    private static String inWords(int code, String said) {
        Matcher m = EXIT.matcher(said);
        int exit = m.find() ? Integer.parseInt(m.group(1)) : code;
        return inWords(exit);
    }

    /** What an exit code means, after a comma; empty when it is none of the known ones. */
    static String inWords(int exit) {
        return Optional.ofNullable(EXITS.get(exit)).map(w -> ", " + w).orElse("");
    }
}
