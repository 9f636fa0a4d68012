package io.gds.database.core.internal.shell;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Users of this host: who we are, and who we may become. Thread-safe; remembers only what it found. */
final class Accounts {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,31}\\$?");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");
    private static final Path PASSWD = Path.of("/etc/passwd");

    private final Function<Command, CommandResult> plain;
    private final Map<String, Account> known = new ConcurrentHashMap<>();
    /** Empty until it was asked for; it cannot change while this process lives. */
    private volatile String own = "";

    /**
     * A user.
     *
     * @param name its name
     * @param uid its number
     * @param gid the number of its first group
     */
    record Account(String name, String uid, String gid) {}

    /** Looks users up with commands that run as this process does. */
    Accounts(Function<Command, CommandResult> plain) {
        this.plain = plain;
    }

    /**
     * The account to switch to, empty when this process already is that user.
     *
     * @throws GdsDatabaseException with code {@code GDS-SHELL-USER} when there is none, or this process may not
     */
    Optional<Account> switchTo(String user) {
        Account wanted = find(user);
        String own = ownUid();
        if (wanted.uid().equals(own)) {
            return Optional.empty();
        }
        if (!own.equals("0")) {
            throw refused(
                    "this process runs with uid " + own + " and may not run commands as " + user,
                    "run this program as " + user + " or as root, or use a shell of another type.");
        }
        return Optional.of(wanted);
    }

    private String ownUid() {
        String known = own;
        if (known.isEmpty()) {
            known = number(Command.of("id", "-u"), "this process");
            own = known;
        }
        return known;
    }

    /** The home directory by the local table of users; empty for users that come from elsewhere. */
    static Optional<String> home(Account account) {
        try {
            List<String> lines = Files.readAllLines(PASSWD, StandardCharsets.ISO_8859_1);
            return lines.stream()
                    .map(line -> line.split(":", -1))
                    .filter(fields -> fields.length > 5 && fields[0].equals(account.name()))
                    .map(fields -> fields[5])
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Account find(String user) {
        if (!NAME.matcher(user).matches()) {
            throw refused("\"" + user + "\" is not the name of a user", "correct the name in the spec.");
        }
        Account before = known.get(user);
        if (before != null) {
            return before;
        }
        Account found = new Account(
                user, number(Command.of("id", "-u", user), user), number(Command.of("id", "-g", user), user));
        known.put(user, found);
        return found;
    }

    private String number(Command command, String whose) {
        CommandResult result = plain.apply(command);
        String number = result.output().strip();
        if (!result.succeeded() || !NUMBER.matcher(number).matches()) {
            throw refused(
                    "the number of user " + whose + " cannot be told: \"" + command + "\" said "
                            + result.error().strip(),
                    "create the user on this host, or correct its name in the spec.");
        }
        return number;
    }

    private static GdsDatabaseException refused(String what, String remedy) {
        return GdsDatabaseException.user("GDS-SHELL-USER")
                .message(what + ".")
                .remedy(remedy)
                .build();
    }
}
