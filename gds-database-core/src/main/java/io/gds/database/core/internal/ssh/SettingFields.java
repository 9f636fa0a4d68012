package io.gds.database.core.internal.ssh;

import io.gds.database.error.Problem;
import io.gds.database.plan.Params;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The fields of one object of the settings: notes what is wrong and goes on. Confined to one thread. */
final class SettingFields {
    private static final int MAX_PORT = 65535;

    /** What Windows allows in the names of accounts, with a domain before or behind. */
    private static final Pattern WINDOWS_ACCOUNT = Pattern.compile(
            "(?:[^\\p{Cntrl}\"/\\\\\\[\\]:;|=,+*?<>@]{1,63}\\\\)?[^\\p{Cntrl}\"/\\\\\\[\\]:;|=,+*?<>]{1,256}");

    private final String path;
    private final Map<String, Object> values;
    private final List<Problem> problems;

    SettingFields(Params settings, List<Problem> problems) {
        this("shell", settings.asMap(), problems);
    }

    private SettingFields(String path, Map<String, Object> values, List<Problem> problems) {
        this.path = path;
        this.values = values;
        this.problems = problems;
    }

    void wrong(String key, String found, String expected) {
        problems.add(new Problem("spec", path + "." + key, found, expected));
    }

    /** Notes every key that is not one of these. */
    void only(String... known) {
        only(List.of(), known);
    }

    /** Notes every key that is not one of these; of some that are not expected either it was told already. */
    void only(List<String> told, String... known) {
        Set<String> expected = new HashSet<>(List.of(known));
        expected.addAll(told);
        values.keySet().stream()
                .filter(key -> !expected.contains(key))
                .forEach(key -> wrong(key, "an unknown key", "one of " + String.join(", ", known)));
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    boolean isTrue(String key) {
        return Boolean.TRUE.equals(values.get(key));
    }

    /** Also when it is not there. */
    boolean isFalse(String key) {
        return !has(key) || Boolean.FALSE.equals(values.get(key));
    }

    Optional<String> optionalText(String key) {
        return textOr(key, "a text");
    }

    Optional<String> textOr(String key, String expected) {
        if (!has(key)) {
            return Optional.empty();
        }
        if (values.get(key) instanceof String s && !s.isBlank() && s.indexOf('\0') < 0) {
            return Optional.of(s);
        }
        wrong(key, kind(values.get(key)), expected);
        return Optional.empty();
    }

    String text(String key, String expected) {
        if (!has(key)) {
            wrong(key, "nothing", expected);
        }
        return textOr(key, expected).orElse("");
    }

    Optional<String> user(String key) {
        Optional<String> name = optionalText(key);
        if (name.isPresent() && !Elevation.USER.matcher(name.get()).matches()) {
            wrong(key, "\"" + name.get() + "\"", "the name of a user");
            return Optional.empty();
        }
        return name;
    }

    /** As Windows writes them: {@code name}, {@code DOMAIN\\name} or {@code name@domain}. */
    Optional<String> windowsAccount(String key) {
        Optional<String> name = optionalText(key);
        if (name.isPresent() && !WINDOWS_ACCOUNT.matcher(name.get()).matches()) {
            wrong(key, "\"" + name.get() + "\"", "an account of the host, such as Administrator or CORP\\gds");
            return Optional.empty();
        }
        return name;
    }

    int port(String key, int otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        if (values.get(key) instanceof Long number && number >= 1 && number <= MAX_PORT) {
            return number.intValue();
        }
        wrong(key, kind(values.get(key)), "a port, 1 to " + MAX_PORT);
        return otherwise;
    }

    Duration duration(String key, Duration shortest, Duration longest, Duration otherwise) {
        Optional<String> text = optionalText(key);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            Duration read = Duration.parse(text.get());
            if (read.compareTo(shortest) >= 0 && read.compareTo(longest) <= 0) {
                return read;
            }
        } catch (DateTimeParseException e) {
            // Falls through to the same complaint.
        }
        wrong(
                key,
                "\"" + text.get() + "\"",
                "a duration such as " + otherwise + ", from " + shortest + " to " + longest);
        return otherwise;
    }

    void readableFile(String key, Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            wrong(key, "\"" + file + "\"", "a file that this process can read");
        }
    }

    /** A path; a leading tilde is the home of this process's user. */
    Optional<Path> file(String key) {
        try {
            return optionalText(key).map(SettingFields::path);
        } catch (InvalidPathException e) {
            wrong(key, "\"" + values.get(key) + "\"", "a path");
            return Optional.empty();
        }
    }

    static Path path(String text) {
        return text.startsWith("~/") ? Path.of(System.getProperty("user.home", "/"), text.substring(2)) : Path.of(text);
    }

    Optional<SettingFields> object(String key) {
        return objectOr(key, "an object");
    }

    @SuppressWarnings("unchecked") // Params made every nested map one with string keys
    Optional<SettingFields> objectOr(String key, String expected) {
        if (!has(key)) {
            return Optional.empty();
        }
        if (values.get(key) instanceof Map<?, ?> map) {
            return Optional.of(new SettingFields(path + "." + key, (Map<String, Object>) map, problems));
        }
        wrong(key, kind(values.get(key)), expected);
        return Optional.empty();
    }

    private static String kind(@Nullable Object value) {
        if (value instanceof String s) {
            return s.isBlank() ? "an empty text" : "a text";
        }
        return value instanceof List ? "a list" : value instanceof Map ? "an object" : "\"" + value + "\"";
    }
}
