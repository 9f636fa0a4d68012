package io.gds.engine.postgres.internal.logs;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A {@code log_line_prefix} as a pattern for the lines it begins. Immutable. */
final class PrefixPattern {
    private static final Map<Character, String> NAMES = Map.of(
            'a',
            "application",
            'u',
            "user",
            'd',
            "database",
            'r',
            "client",
            'h',
            "client",
            'p',
            "pid",
            'e',
            "sqlstate",
            'i',
            "command",
            'b',
            "backendType",
            'c',
            "session");

    private final Pattern pattern;
    private final List<Character> escapes = new ArrayList<>();
    private final ZoneId zone;

    PrefixPattern(String prefix, ZoneId zone) {
        this.zone = zone;
        StringBuilder regex = new StringBuilder("^");
        int optional = 0;
        for (int i = 0; i < prefix.length(); i++) {
            char c = prefix.charAt(i);
            if (c != '%' || i + 1 == prefix.length()) {
                regex.append(Pattern.quote(String.valueOf(c)));
                continue;
            }
            int escape = i + 1;
            while (escape < prefix.length() - 1 && "-0123456789".indexOf(prefix.charAt(escape)) >= 0) {
                escape++;
            }
            i = escape;
            char letter = prefix.charAt(escape);
            if (letter == '%') {
                regex.append('%');
            } else if (letter == 'q') {
                // Background processes end their prefix here.
                regex.append("(?:");
                optional++;
            } else {
                regex.append(" *+(").append(shape(letter)).append(") *");
                escapes.add(letter);
            }
        }
        regex.append(")?".repeat(optional)).append("([A-Z]+[0-9]?): {1,2}(.*)$");
        this.pattern = Pattern.compile(regex.toString());
    }

    private static String shape(char letter) {
        return switch (letter) {
            case 't', 'm', 's' -> LogTime.SHAPE;
            case 'n' -> "\\d+\\.\\d+";
            case 'p', 'P', 'l', 'x' -> "\\d*";
            case 'e' -> "[0-9A-Z]{5}";
            default -> ".*?";
        };
    }

    /** Whether a line can be dated at all. */
    boolean hasTime() {
        return escapes.stream().anyMatch(c -> c == 't' || c == 'm' || c == 'n');
    }

    /** A line that a prefix begins; empty for any other line. */
    Optional<Head> head(String line) {
        Matcher m = pattern.matcher(line);
        if (!m.matches()) {
            return Optional.empty();
        }
        @Nullable Instant time = null;
        Map<String, String> context = new TreeMap<>();
        for (int i = 0; i < escapes.size(); i++) {
            @Nullable String value = m.group(i + 1);
            char escape = escapes.get(i);
            if (value == null) {
                continue;
            }
            if (escape == 't' || escape == 'm') {
                time = LogTime.parse(value, zone).orElse(time);
            } else if (escape == 'n') {
                time = LogTime.epoch(value).orElse(time);
            } else if (NAMES.containsKey(escape) && !value.isBlank()) {
                context.put(NAMES.getOrDefault(escape, ""), value.strip());
            }
        }
        int last = escapes.size();
        return time == null
                ? Optional.empty()
                : Optional.of(new Head(time, context, m.group(last + 1), m.group(last + 2)));
    }

    /**
     * The first line of a message.
     *
     * @param time when
     * @param context what the prefix says
     * @param severity the server's word
     * @param message the rest of the line
     */
    record Head(Instant time, Map<String, String> context, String severity, String message) {}
}
