package io.gds.database.core.internal.packages;

import static java.util.Objects.requireNonNull;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import io.gds.database.spi.CommandResult.Status;
import io.gds.database.spi.HostShell;
import io.gds.database.spi.PackageManager;
import io.gds.database.version.EngineVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Versions that lie side by side; installing re-points a symbolic link by rename(2), so the link always names one of them
 * whole. Works through the member's shell and as that shell's user. Thread-safe.
 */
public final class DirectoriesPackages implements PackageManager {
    private static final String CODE = "GDS-PACKAGE";
    private static final String PLACEHOLDER = "{member}";
    private static final Pattern MEMBER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");

    /** Names of directories that hold programs; in one command, since each command may be a journey over ssh. */
    private static final String LIST =
            "ls -1 -- \"$1\" >/dev/null || exit; for d in \"$1\"/*; do if [ -d \"$d/bin\" ]; then echo \"${d##*/}\"; fi;"
                    + " done";

    /** Unless it is right already: a link beside the link, then rename(2) over it. Says where the link leads then. */
    private static final String POINT =
            "if [ \"$(readlink -- \"$3\")\" != \"$1\" ]; then ln -sfn -- \"$1\" \"$2\" || exit; if ! mv -T -- \"$2\""
                    + " \"$3\"; then rm -f -- \"$2\"; exit 1; fi; fi; readlink -- \"$3\"";

    private final String root;
    private final String link;
    private final Function<String, HostShell> shells;

    /**
     * Creates it; touches nothing.
     *
     * @param root the directory of the versions
     * @param link the link, with <code>{member}</code> for the member's name
     * @param shells the shell of a member's host
     * @throws GdsDatabaseException with code {@code GDS-PACKAGE} when a path is not absolute
     */
    public DirectoriesPackages(String root, String link, Function<String, HostShell> shells) {
        this.root = absolute("packages.root", root);
        this.link = absolute("packages.link", link);
        this.shells = requireNonNull(shells, "shells");
    }

    @Override
    public String describe(String member) {
        return "points " + linkOf(member) + " to the version's directory below " + root;
    }

    @Override
    public List<EngineVersion> available(String member) {
        return new ArrayList<>(directories(member).keySet());
    }

    @Override
    public Optional<EngineVersion> installed(String member) {
        CommandResult answer = run(member, Command.of("readlink", "--", linkOf(member)));
        if (!yes(answer, member)) {
            return Optional.empty();
        }
        return versionOf(answer.output());
    }

    private Optional<EngineVersion> versionOf(String linked) {
        String target = withoutNewline(linked);
        int slash = target.lastIndexOf('/');
        return slash > 0 && target.substring(0, slash).equals(root)
                ? version(target.substring(slash + 1))
                : Optional.empty();
    }

    @Override
    public void install(String member, EngineVersion version) {
        SortedMap<EngineVersion, String> known = directories(member);
        String directory = known.get(version);
        if (directory == null) {
            throw refused(
                    "version " + version + " is not available for member " + member + ", available below " + root
                            + " are " + known.keySet(),
                    "unpack that version into a directory of its name below " + root + ", or ask for one of these.");
        }
        String target = linkOf(member);
        // Named by the version, so that a crash leaves at most one, which the next call uses up.
        Optional<EngineVersion> now = versionOf(must(
                member,
                Command.of("sh", "-c", POINT, "sh", root + "/" + directory, target + ".tmp-" + directory, target)));
        if (now.filter(version::equals).isEmpty()) {
            throw refused(
                    "member " + member + ": " + target + " was pointed to " + version + " and now points to "
                            + now.map(EngineVersion::toString).orElse("something else"),
                    "find out who else changes that link.");
        }
    }

    @Override
    public String programs(String member) {
        return linkOf(member) + "/bin";
    }

    private SortedMap<EngineVersion, String> directories(String member) {
        SortedMap<EngineVersion, String> out = new TreeMap<>();
        for (String name :
                must(member, Command.of("sh", "-c", LIST, "sh", root)).split("\n", -1)) {
            version(name).ifPresent(v -> out.put(v, name));
        }
        return out;
    }

    private static Optional<EngineVersion> version(String name) {
        if (name.isEmpty() || !Character.isDigit(name.charAt(0))) {
            return Optional.empty();
        }
        try {
            return Optional.of(EngineVersion.parse(name));
        } catch (GdsDatabaseException e) {
            return Optional.empty();
        }
    }

    /** Exit code 1 is an answer: there is no such link or directory. Anything else is no answer at all. */
    private static boolean yes(CommandResult answer, String member) {
        if (answer.status() != Status.EXITED || !Set.of(0, 1).contains(answer.exitCode())) {
            throw failure(member, answer);
        }
        return answer.exitCode() == 0;
    }

    private String must(String member, Command command) {
        CommandResult result = run(member, command);
        if (!result.succeeded() || result.truncated()) {
            throw failure(member, result);
        }
        return result.output();
    }

    private CommandResult run(String member, Command command) {
        return shells.apply(member).run(command);
    }

    private String linkOf(String member) {
        if (!MEMBER.matcher(member).matches()) {
            throw refused(
                    "member name \"" + member + "\" cannot be part of a path",
                    "use letters, digits, dots, dashes and underscores in member names.");
        }
        return link.replace(PLACEHOLDER, member);
    }

    private static String withoutNewline(String text) {
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    private static String absolute(String field, String path) {
        if (!path.startsWith("/") || path.length() < 2 || path.indexOf('\n') >= 0) {
            String found = path.isEmpty() ? "nothing" : "\"" + path + "\"";
            throw refused(field + ": found " + found + ", expected a path that begins with /", "correct the spec.");
        }
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static GdsDatabaseException failure(String member, CommandResult result) {
        return GdsDatabaseException.environment(CODE)
                .message("member " + member + ": command \"" + result.command() + "\": " + result.status() + " with "
                        + result.exitCode() + ", it said: " + result.error().strip() + ".")
                .remedy("check that the directories of packages.root and packages.link exist and are open to the"
                        + " shell's user.")
                .build();
    }

    private static GdsDatabaseException refused(String what, String remedy) {
        return GdsDatabaseException.user(CODE)
                .message(what + ".")
                .remedy(remedy)
                .build();
    }
}
