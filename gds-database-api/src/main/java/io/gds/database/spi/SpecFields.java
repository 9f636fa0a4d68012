package io.gds.database.spi;

import static java.util.Objects.requireNonNull;

import io.gds.database.error.Nearest;
import io.gds.database.error.Problem;
import io.gds.database.plan.Params;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One object of a cluster spec while an engine reads it. No accessor throws on bad input: each notes what is wrong, with the
 * field's path, what was found and what was expected, and goes on, so that all mistakes are told at once. What is read is of
 * no use when there are problems. Not thread-safe.
 */
public final class SpecFields {
    private final String path;
    private final Map<String, Object> values;
    private final List<Problem> problems;

    private SpecFields(String path, Map<String, ?> values, List<Problem> problems) {
        this.path = path;
        this.values = new TreeMap<>(values);
        this.problems = problems;
    }

    /**
     * A whole spec.
     *
     * @param problems where mistakes are added; see {@link EngineProvider#check}
     */
    public static SpecFields of(Params spec, List<Problem> problems) {
        return new SpecFields("", spec.asMap(), requireNonNull(problems, "problems"));
    }

    /** Notes every key that is not one of these. */
    public SpecFields only(String... known) {
        Set<String> expected = Set.of(known);
        for (String key : values.keySet()) {
            if (!expected.contains(key)) {
                String hint = Nearest.to(key, List.of(known))
                        .map(near -> "perhaps \"" + near + "\"")
                        .orElse("one of " + String.join(", ", known));
                wrong(key, "an unknown key", hint);
            }
        }
        return this;
    }

    /** A text that is not blank; empty when there is none, or something else. */
    public Optional<String> optionalText(String key) {
        @Nullable Object value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String s && !s.isBlank() && s.indexOf('\0') < 0) {
            return Optional.of(s);
        }
        wrong(key, value instanceof String ? "an empty text" : kind(value), "a text");
        return Optional.empty();
    }

    /** A text that is not blank and must be there; otherwise empty. */
    public String text(String key, String expected) {
        if (!values.containsKey(key)) {
            wrong(key, "nothing", expected);
        }
        return optionalText(key).orElse("");
    }

    /** A TCP port that must be there; otherwise 0. */
    public int port(String key) {
        @Nullable Object value = values.get(key);
        if (value instanceof Long number && number >= 1 && number <= 65_535) {
            return number.intValue();
        }
        wrong(key, value instanceof Long ? value.toString() : kind(value), "a port, 1 to 65535");
        return 0;
    }

    /** An ISO-8601 duration longer than zero; the other one when there is none. */
    public Duration duration(String key, Duration otherwise) {
        Optional<String> text = optionalText(key);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            Duration read = Duration.parse(text.get());
            if (!read.isNegative() && !read.isZero()) {
                return read;
            }
        } catch (DateTimeException e) {
            // Falls through to the same complaint.
        }
        wrong(key, "\"" + text.get() + "\"", "a duration such as PT5S, longer than zero");
        return otherwise;
    }

    /** Yes or no; the other one when there is none. */
    public boolean flag(String key, boolean otherwise) {
        @Nullable Object value = values.get(key);
        if (value != null && !(value instanceof Boolean)) {
            wrong(key, kind(value), "true or false");
        }
        return value instanceof Boolean flag ? flag : otherwise;
    }

    /** A secret reference that must be there, such as {@code env:PGPASSWORD}; what stands in its place is never shown. */
    public String secret(String key) {
        String reference = text(key, "a reference such as env:PGPASSWORD");
        if (!reference.isEmpty() && !reference.matches("[a-z][a-z0-9+.-]*:.+")) {
            // What stands there may be the password itself.
            wrong(key, "***", "a reference such as env:PGPASSWORD, never the password itself");
        }
        return reference;
    }

    /** How many; one or more. */
    public int count(String key, int otherwise) {
        @Nullable Object value = values.get(key);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Long number && number >= 1 && number <= 1000) {
            return number.intValue();
        }
        wrong(key, value instanceof Long ? value.toString() : kind(value), "a number, 1 to 1000");
        return otherwise;
    }

    /** A list of texts, or one text for a list of one. */
    public List<String> texts(String key, String expected) {
        @Nullable Object value = values.get(key);
        List<?> list = value instanceof List<?> many ? many : value == null ? List.of() : List.of(value);
        if (list.isEmpty()) {
            wrong(key, value == null ? "nothing" : "an empty list", expected);
        }
        List<String> all = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof String s && !s.isBlank() && s.indexOf('\0') < 0) {
                all.add(s);
            } else {
                wrong(key + "[" + i + "]", kind(list.get(i)), "a text");
            }
        }
        return all;
    }

    /** A nested object; empty when it is not there or is not an object. */
    public Optional<SpecFields> optionalObject(String key) {
        @Nullable Object value = values.get(key);
        if (value instanceof Map<?, ?> map) {
            return Optional.of(nested(path + key + ".", map));
        }
        if (value != null) {
            wrong(key, kind(value), "an object");
        }
        return Optional.empty();
    }

    /** A list of objects that must be there and not be empty; otherwise empty. */
    public List<SpecFields> objects(String key) {
        @Nullable Object value = values.get(key);
        if (!(value instanceof List<?> list) || list.isEmpty()) {
            wrong(key, value instanceof List ? "an empty list" : kind(value), "a list with at least one object");
            return List.of();
        }
        List<SpecFields> all = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof Map<?, ?> map) {
                all.add(nested(path + key + "[" + i + "].", map));
            } else {
                wrong(key + "[" + i + "]", kind(list.get(i)), "an object");
            }
        }
        return all;
    }

    /** All values by key, as they stand in the spec. */
    public Map<String, Object> values() {
        return values;
    }

    /** Whether the key is there. */
    public boolean has(String key) {
        return values.containsKey(key);
    }

    /** Notes a mistake. Never passes on what may be a secret. */
    public void wrong(String key, String found, String expected) {
        String field = path + key;
        String pointer = "/" + field.replace("[", "/").replace("]", "").replace('.', '/');
        problems.add(new Problem(pointer, field, found, expected));
    }

    private SpecFields nested(String at, Map<?, ?> map) {
        Map<String, Object> copy = new TreeMap<>();
        map.forEach((k, v) -> copy.put(String.valueOf(k), v));
        return new SpecFields(at, copy, problems);
    }

    private static String kind(@Nullable Object value) {
        if (value == null) {
            return "nothing";
        }
        if (value instanceof String) {
            return "a text";
        }
        return value instanceof List ? "a list" : value instanceof Map ? "an object" : "\"" + value + "\"";
    }
}
