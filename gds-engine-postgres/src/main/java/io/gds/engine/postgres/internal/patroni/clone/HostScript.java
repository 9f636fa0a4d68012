package io.gds.engine.postgres.internal.patroni.clone;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import io.gds.database.spi.HostShell;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The scripts that lie beside this class. They are constant: what varies are their arguments and what they read. */
final class HostScript {
    private HostScript() {}

    /** A shell script as a command. */
    static Command shell(String name, String... arguments) {
        List<String> words = new ArrayList<>(List.of("-c", text(name), name));
        words.addAll(Arrays.asList(arguments));
        return Command.of("sh", words.toArray(String[]::new));
    }

    /** A Python script as a command. */
    static Command python(String interpreter, String name, String input) {
        return Command.of(interpreter, "-c", text(name)).input(input);
    }

    static String text(String name) {
        try (InputStream in = HostScript.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(name, e);
        }
    }

    /**
     * Runs a command that must succeed.
     *
     * @param what what it is for, after "cannot"
     * @throws GdsDatabaseException with code {@code GDS-CLONE-HOST} and what the command said
     */
    static String run(HostShell shell, String what, Command command) {
        CommandResult result = shell.run(command);
        if (result.succeeded()) {
            return result.output();
        }
        boolean lost =
                result.status() == CommandResult.Status.UNKNOWN || result.status() == CommandResult.Status.TIMED_OUT;
        GdsDatabaseException.Builder error = GdsDatabaseException.environment("GDS-CLONE-HOST")
                .message("host " + shell.host() + ": cannot " + what + ": " + result.status()
                        + (result.status() == CommandResult.Status.EXITED ? " with " + result.exitCode() : "")
                        + " after "
                        + result.took().toMillis() + " ms, it said: " + said(result))
                .remedy("mend what it says on that host, then clone again.");
        throw (lost ? error.retryable() : error).build();
    }

    private static String said(CommandResult result) {
        String text = (result.error().isBlank() ? result.output() : result.error()).strip();
        return text.isEmpty() ? "nothing." : text;
    }
}
