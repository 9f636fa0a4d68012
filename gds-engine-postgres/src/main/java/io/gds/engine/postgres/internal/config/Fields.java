package io.gds.engine.postgres.internal.config;

import io.gds.database.error.Problem;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One object of a spec while it is read: every accessor notes what is wrong and goes on. Not thread-safe. */
final class Fields {
    private final String path;
    private final Map<String, Object> values;
    private final List<Problem> problems;

    Fields(String path, Map<String, ?> values, List<Problem> problems) {
        this.path = path;
        this.values = new TreeMap<>(values);
        this.problems = problems;
    }

    /** Notes every key that is not one of these. */
    Fields only(String... known) {
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

    Optional<String> optionalText(String key) {
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

    String text(String key, String expected) {
        if (!values.containsKey(key)) {
            wrong(key, "nothing", expected);
        }
        return optionalText(key).orElse("");
    }

    int port(String key) {
        @Nullable Object value = values.get(key);
        if (value instanceof Long number && HostPort.isPort(number)) {
            return number.intValue();
        }
        wrong(key, value instanceof Long ? value.toString() : kind(value), "a port, 1 to 65535");
        return 0;
    }

    Duration duration(String key, Duration otherwise) {
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

    /** How many; one or more. */
    int count(String key, int otherwise) {
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
    List<String> texts(String key, String expected) {
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
    Optional<Fields> optionalObject(String key) {
        @Nullable Object value = values.get(key);
        if (value instanceof Map<?, ?> map) {
            return Optional.of(nested(path + key + ".", map));
        }
        if (value != null) {
            wrong(key, kind(value), "an object");
        }
        return Optional.empty();
    }

    List<Fields> objects(String key) {
        @Nullable Object value = values.get(key);
        if (!(value instanceof List<?> list) || list.isEmpty()) {
            wrong(key, value instanceof List ? "an empty list" : kind(value), "a list with at least one object");
            return List.of();
        }
        List<Fields> all = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof Map<?, ?> map) {
                all.add(nested(path + key + "[" + i + "].", map));
            } else {
                wrong(key + "[" + i + "]", kind(list.get(i)), "an object");
            }
        }
        return all;
    }

    Map<String, Object> values() {
        return values;
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    void wrong(String key, String found, String expected) {
        String field = path + key;
        String pointer = "/" + field.replace("[", "/").replace("]", "").replace('.', '/');
        problems.add(new Problem(pointer, field, found, expected));
    }

    private Fields nested(String at, Map<?, ?> map) {
        Map<String, Object> copy = new TreeMap<>();
        map.forEach((k, v) -> copy.put(String.valueOf(k), v));
        return new Fields(at, copy, problems);
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
