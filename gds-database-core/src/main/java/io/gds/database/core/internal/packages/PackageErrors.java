package io.gds.database.core.internal.packages;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.CommandResult;
import io.gds.database.spi.CommandResult.Status;

/** What package managers throw: always code {@code GDS-PACKAGE}. */
final class PackageErrors {
    static final String CODE = "GDS-PACKAGE";

    private static final int LONGEST = 1500;

    private PackageErrors() {}

    /** The caller asks for something that cannot be. */
    static GdsDatabaseException user(String what, String remedy) {
        return GdsDatabaseException.user(CODE)
                .message(what + ".")
                .remedy(remedy)
                .build();
    }

    /** The host does not do it. */
    static GdsDatabaseException environment(String what, String remedy, boolean retryable) {
        GdsDatabaseException.Builder builder =
                GdsDatabaseException.environment(CODE).message(what + ".").remedy(remedy);
        return (retryable ? builder.retryable() : builder).build();
    }

    /** A command that should have succeeded. */
    static GdsDatabaseException of(String where, CommandResult result) {
        boolean lost = result.status() == Status.UNKNOWN || result.status() == Status.TIMED_OUT;
        return environment(
                where + ": command \"" + brief(result.command()) + "\": " + result.status() + " with "
                        + result.exitCode() + ", it said: " + said(result),
                "run it by hand on that host to see more.",
                lost);
    }

    /** The end of what a command said. */
    static String said(CommandResult result) {
        String text = result.error().isBlank() ? result.output() : result.error();
        return result.status() + ", " + end(text);
    }

    /** The end of a text, where programs say what went wrong. */
    static String end(String text) {
        String all = text.strip();
        return all.length() > LONGEST ? "..." + all.substring(all.length() - LONGEST) : all;
    }

    private static String brief(String command) {
        int newline = command.indexOf('\n');
        return newline < 0 ? command : command.substring(0, newline) + " ...";
    }
}
