package io.gds.database.core.internal.config;

import static java.util.Objects.requireNonNull;

import io.gds.database.error.InvalidSpecException;
import io.gds.database.error.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects mistakes of one text. What may be a secret never gets in. Confined to one thread. */
final class SpecProblems {
    private static final int MAX_SHOWN = 120;

    private final String source;
    private final List<Entry> entries = new ArrayList<>();
    private final Set<String> fields = new HashSet<>();

    private record Entry(Mark mark, Problem problem) {}

    SpecProblems(String source) {
        this.source = requireNonNull(source, "source");
    }

    /** A value of the text is wrong; it is masked when its path says that it may be a secret. */
    void value(Mark mark, String field, String found, String expected) {
        boolean hide = SecretRules.secretive(field) || SecretRules.urlWithPassword(found);
        fact(mark, field, hide ? "***" : shown(found), expected);
    }

    /** Something is wrong that we say in our own words. */
    void fact(Mark mark, String field, String found, String expected) {
        fields.add(field);
        entries.add(new Entry(mark, new Problem(mark.in(source), field.isEmpty() ? "spec" : field, found, expected)));
    }

    /** A key stands twice; its first value is judged all the same. */
    void twice(Mark mark, String field, Mark first) {
        String found = "a key that line " + first.line() + " has too";
        entries.add(new Entry(mark, new Problem(mark.in(source), field, found, "each key once")));
    }

    /** Whether this field, or one that it lies in, is known to be wrong. */
    boolean covers(String field) {
        return fields.contains(field)
                || fields.stream()
                        .anyMatch(f -> !f.isEmpty() && (field.startsWith(f + ".") || field.startsWith(f + "[")));
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    void throwIfAny() {
        if (!entries.isEmpty()) {
            throw new InvalidSpecException(
                    source,
                    entries.stream()
                            .sorted(Comparator.comparing(Entry::mark))
                            .map(Entry::problem)
                            .toList());
        }
    }

    private static String shown(String value) {
        String oneLine = value.replaceAll("\\p{Cntrl}", "?");
        return oneLine.length() > MAX_SHOWN ? oneLine.substring(0, MAX_SHOWN) + "..." : oneLine;
    }
}
