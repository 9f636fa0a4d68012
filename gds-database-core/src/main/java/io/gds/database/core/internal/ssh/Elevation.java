package io.gds.database.core.internal.ssh;

import io.gds.database.Secret;
import io.gds.database.error.GdsDatabaseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * How the account that logs in becomes another user. Immutable.
 *
 * @param login the account
 * @param sudo whether sudo may be used
 * @param password sudo's password, resolved at each use; empty when sudo asks for none
 */
record Elevation(String login, boolean sudo, Optional<Supplier<Secret>> password) {
    /** What we may put on a command line: nobody's shell reads anything into these. */
    static final Pattern USER = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,31}");

    /** Whether files can be given to any user. */
    boolean reachesRoot() {
        return sudo || login.equals("root");
    }

    /** Whether it is somebody else than the account. */
    boolean isOther(String user) {
        return !user.isEmpty() && !user.equals(login);
    }

    /**
     * The words that hand a program to a shell of the user.
     *
     * @param user empty for the account itself
     * @param program for {@code sh -c}
     * @param prompt what sudo writes to its error stream when it wants the password
     * @throws GdsDatabaseException with code {@code GDS-SHELL-USER} when there is no way to that user
     */
    List<String> words(String user, String program, String prompt) {
        if (!isOther(user)) {
            return List.of("sh", "-c", program);
        }
        if (!USER.matcher(user).matches()) {
            throw refused("\"" + user + "\" is not the name of a user.", "correct the name in the spec.");
        }
        if (sudo && password.isPresent()) {
            return List.of("sudo", "-S", "-p", prompt, "-H", "-u", user, "--", "sh", "-c", program);
        }
        if (sudo) {
            return List.of("sudo", "-n", "-H", "-u", user, "--", "sh", "-c", program);
        }
        if (login.equals("root")) {
            return List.of("runuser", "-s", "/bin/sh", "-c", program, user);
        }
        throw refused(
                "account " + login + " may not run commands as " + user + ": shell.sudo is not set.",
                "set shell.sudo, or log in as root or as " + user + ".");
    }

    private static GdsDatabaseException refused(String message, String remedy) {
        return GdsDatabaseException.user("GDS-SHELL-USER")
                .message(message)
                .remedy(remedy)
                .build();
    }
}
