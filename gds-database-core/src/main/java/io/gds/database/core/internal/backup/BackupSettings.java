package io.gds.database.core.internal.backup;

import com.fasterxml.jackson.core.JsonPointer;
import io.gds.database.error.InvalidSpecException;
import io.gds.database.error.Problem;
import io.gds.database.plan.Params;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The {@code backup} object of a spec while it is read: every accessor notes what is wrong and goes on. Used once. */
final class BackupSettings {
    private static final Pattern REFERENCE = Pattern.compile("[a-z][a-z0-9+.-]*:.+");

    private final Map<String, Object> values;
    private final TreeSet<String> asked = new TreeSet<>(List.of("type"));
    private final List<Problem> problems = new ArrayList<>();

    BackupSettings(Params settings) {
        this.values = settings.asMap();
    }

    Optional<String> optionalText(String key) {
        Object value = value(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String s && !s.isBlank() && s.indexOf('\0') < 0) {
            return Optional.of(s);
        }
        wrong(key, value instanceof String ? "an empty text" : shown(value), "a text");
        return Optional.empty();
    }

    String text(String key, String expected) {
        if (!values.containsKey(key)) {
            wrong(key, "nothing", expected);
        }
        return optionalText(key).orElse("");
    }

    /** A secret reference; what stands there instead may be the secret itself and is never shown. */
    Optional<String> reference(String key) {
        Optional<String> text = optionalText(key);
        text.filter(t -> !isReference(t)).ifPresent(t -> wrong(key, "***", "a reference such as env:TOKEN"));
        return text;
    }

    Map<String, String> references(String key) {
        Map<String, String> out = new TreeMap<>();
        Object value = value(key);
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, text) -> {
                if (text instanceof String s && isReference(s)) {
                    out.put(String.valueOf(name), s);
                } else {
                    wrong(key + "." + name, "***", "a reference such as env:TOKEN");
                }
            });
        } else if (value != null) {
            wrong(key, shown(value), "an object of names and secret references");
        }
        return out;
    }

    List<String> texts(String key) {
        Object value = value(key);
        List<String> out = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (Object o : list) {
                if (o instanceof String s && s.indexOf('\0') < 0) {
                    out.add(s);
                } else {
                    wrong(key, shown(o) + " in the list", "a list of texts");
                }
            }
        } else if (value != null) {
            wrong(key, shown(value), "a list of texts");
        }
        return out;
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
        wrong(key, "\"" + text.get() + "\"", "a duration such as PT24H, longer than zero");
        return otherwise;
    }

    boolean flag(String key) {
        Object value = value(key);
        if (value != null && !(value instanceof Boolean)) {
            wrong(key, shown(value), "true or false");
        }
        return Boolean.TRUE.equals(value);
    }

    /** Where in a JSON document the time stands; empty when the answer is the time itself. */
    Optional<JsonPointer> pointer(String key) {
        Optional<String> text = optionalText(key);
        try {
            return text.map(JsonPointer::compile);
        } catch (IllegalArgumentException e) {
            wrong(key, "\"" + text.orElse("") + "\"", "a JSON pointer such as /backups/0/finishedAt");
            return Optional.empty();
        }
    }

    void wrong(String key, String found, String expected) {
        String field = "backup." + key;
        problems.add(new Problem("/" + field.replace('.', '/'), field, found, expected));
    }

    /**
     * Ends the reading: a key that nobody asked for is a mistake too.
     *
     * @throws InvalidSpecException with every mistake
     */
    void done() {
        for (String key : values.keySet()) {
            if (!asked.contains(key)) {
                wrong(key, "an unknown key", "one of " + String.join(", ", asked));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidSpecException("the cluster spec", problems);
        }
    }

    private @Nullable Object value(String key) {
        asked.add(key);
        return values.get(key);
    }

    private static boolean isReference(String text) {
        return REFERENCE.matcher(text).matches();
    }

    private static String shown(Object value) {
        return value instanceof List ? "a list" : value instanceof Map ? "an object" : "\"" + value + "\"";
    }
}
