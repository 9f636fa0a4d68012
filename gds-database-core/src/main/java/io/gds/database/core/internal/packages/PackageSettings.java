package io.gds.database.core.internal.packages;

import static java.util.Objects.requireNonNull;

import io.gds.database.plan.Params;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The {@code packages} object of a cluster spec, for types that leave the work to a distribution's package system.
 *
 * @param program the absolute path of the server program; its package is the main one
 * @param names the packages that belong together; empty to find them by the program
 * @param lockTimeout how long somebody else's lock is waited for
 * @param refresh whether to fetch the repositories' index first
 */
record PackageSettings(String program, List<String> names, Duration lockTimeout, boolean refresh) {
    private static final Set<String> KNOWN = Set.of("type", "program", "names", "lockTimeout", "refresh");
    /** Words of a path, nothing that a package system could take for a pattern. */
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_.+@:~,-]+)+");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.+-]*");
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration LONGEST_LOCK_TIMEOUT = Duration.ofMinutes(10);

    PackageSettings {
        requireNonNull(program, "program");
        names = List.copyOf(names);
        requireNonNull(lockTimeout, "lockTimeout");
    }

    /**
     * Reads them.
     *
     * @throws io.gds.database.error.GdsDatabaseException with code {@code GDS-PACKAGE} naming the field, what was found and
     *     what was expected
     */
    static PackageSettings of(Params settings) {
        Set<String> unknown = new TreeSet<>(settings.asMap().keySet());
        unknown.removeAll(KNOWN);
        if (!unknown.isEmpty()) {
            throw wrong(unknown.iterator().next(), "an unknown key", "one of " + new TreeSet<>(KNOWN));
        }
        String program = settings.optionalString("program").orElse("");
        if (!PATH.matcher(program).matches()) {
            throw wrong("program", quoted(program), "the absolute path of the server program");
        }
        List<String> names = settings.strings("names");
        for (String name : names) {
            if (!NAME.matcher(name).matches()) {
                throw wrong("names", quoted(name), "names of packages");
            }
        }
        Duration lockTimeout = settings.has("lockTimeout") ? settings.duration("lockTimeout") : LOCK_TIMEOUT;
        if (lockTimeout.isNegative() || lockTimeout.compareTo(LONGEST_LOCK_TIMEOUT) > 0) {
            throw wrong("lockTimeout", lockTimeout.toString(), "a duration from PT0S to " + LONGEST_LOCK_TIMEOUT);
        }
        return new PackageSettings(program, names, lockTimeout, !settings.has("refresh") || settings.flag("refresh"));
    }

    /** Where notes about installations lie on a host; they outlive everything but their end. */
    String directory() {
        return "/var/lib/gds-database/packages";
    }

    /** The directory of the server program. */
    String programs() {
        return program.substring(0, program.lastIndexOf('/'));
    }

    String[] surveyArguments() {
        List<String> out = new ArrayList<>(List.of(program, directory()));
        out.addAll(names);
        return out.toArray(String[]::new);
    }

    private static String quoted(String text) {
        return text.isEmpty() ? "nothing" : "\"" + text + "\"";
    }

    private static RuntimeException wrong(String field, String found, String expected) {
        return PackageErrors.user(
                "packages." + field + ": found " + found + ", expected " + expected, "correct the cluster spec.");
    }
}
