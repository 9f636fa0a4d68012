package io.gds.database.core.internal.ssh;

import io.gds.database.error.GdsDatabaseException;
import java.time.Duration;

/** Why there is no shell for a command; nothing was started. */
public final class Refusals {
    private static final int MAX_SAID = 500;

    private Refusals() {}

    static GdsDatabaseException user(String host, String user, String said) {
        return GdsDatabaseException.environment("GDS-SSH-SUDO")
                .message("host " + host + ": no shell of user " + user + ", it said: " + shortened(said) + ".")
                .remedy("check that the user exists, and that \"sudo -n -u " + user + " sh -c true\" works for the"
                        + " account that logs in, or set shell.sudo.password.")
                .build();
    }

    static GdsDatabaseException password(String host, String user) {
        return GdsDatabaseException.user("GDS-SSH-SUDO")
                .message("host " + host + ": sudo refused the password of shell.sudo.password (for user " + user + ").")
                .remedy("correct the secret; it was tried once only.")
                .build();
    }

    /** The account gets no shell, or not one that we can talk to. */
    public static GdsDatabaseException shell(String host, String said) {
        return GdsDatabaseException.environment("GDS-SSH-SHELL")
                .message("host " + host + ": the account that logs in gets no shell, it said: " + shortened(said) + ".")
                .remedy("give the account a login shell, and no forced command.")
                .build();
    }

    /** The shell of a Windows host is none that we can talk to. */
    public static GdsDatabaseException windowsShell(String host, String question, String said) {
        return GdsDatabaseException.environment("GDS-SSH-SHELL")
                .message("host " + host + ": the shell of the account that logs in answered to \"" + question + "\": "
                        + shortened(said) + ", expected what cmd.exe or PowerShell answers.")
                .remedy(
                        "set DefaultShell below HKLM\\SOFTWARE\\OpenSSH to one of both; for a host that is no Windows use"
                                + " shell.type ssh.")
                .build();
    }

    /** The connection broke before a command was sent. */
    public static GdsDatabaseException broken(String host) {
        return GdsDatabaseException.environment("GDS-SSH-CONNECT")
                .message("host " + host + " broke off the connection before a command could be sent.")
                .remedy("look into the log of sshd on that host.")
                .retryable()
                .build();
    }

    /** No shell in time. */
    public static GdsDatabaseException silent(String host, Duration patience) {
        return GdsDatabaseException.environment("GDS-SSH-SHELL")
                .message("host " + host + ": no shell within " + patience.toSeconds() + " s; nothing was started.")
                .remedy("log in by hand and see what keeps the shell (or sudo) from starting.")
                .retryable()
                .build();
    }

    static GdsDatabaseException sessions(String host, String said) {
        return GdsDatabaseException.environment("GDS-SSH-SESSIONS")
                .message("host " + host + " opens no session: " + said + ".")
                .remedy("raise MaxSessions in its sshd_config, or see what the account's other sessions do.")
                .retryable()
                .build();
    }

    static GdsDatabaseException closed(String host) {
        return GdsDatabaseException.internal("GDS-SSH-CLOSED")
                .message("the shell of host " + host + " was closed.")
                .remedy("open another one.")
                .build();
    }

    private static String shortened(String said) {
        String line = said.replaceAll("\\s+", " ").strip();
        return line.isEmpty()
                ? "nothing"
                : "\"" + (line.length() > MAX_SAID ? line.substring(0, MAX_SAID) + "..." : line) + "\"";
    }
}
