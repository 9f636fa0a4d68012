package io.gds.engine.postgres.internal.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The meaning of {@code synchronous_standby_names}: how many of which standbys must confirm a commit.
 *
 * @param method {@code FIRST}, {@code ANY}, or empty for the plain list
 * @param needed how many must confirm; 0 when commits wait for nobody
 * @param names the names, {@code *} for any
 */
public record SyncNames(String method, int needed, List<String> names) {
    private static final Pattern COUNTED = Pattern.compile("(?is)\\s*(first|any)?\\s*(\\d+)\\s*\\((.*)\\)\\s*");

    /** Copies. */
    public SyncNames {
        names = List.copyOf(names);
    }

    /** Reads the setting. */
    public static SyncNames parse(String setting) {
        if (setting.isBlank()) {
            return new SyncNames("", 0, List.of());
        }
        Matcher m = COUNTED.matcher(setting);
        return m.matches()
                ? new SyncNames(
                        m.group(1) == null ? "FIRST" : m.group(1).toUpperCase(Locale.ROOT),
                        Integer.parseInt(m.group(2)),
                        list(m.group(3)))
                : new SyncNames("", 1, list(setting));
    }

    private static List<String> list(String text) {
        List<String> out = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String p = part.strip();
            boolean quoted = p.length() > 1 && p.startsWith("\"") && p.endsWith("\"");
            out.add(quoted ? p.substring(1, p.length() - 1).replace("\"\"", "\"") : p);
        }
        return out;
    }

    /** Whether a standby of this name can be one that confirms. */
    public boolean includes(String applicationName) {
        return names.contains("*") || names.stream().anyMatch(n -> n.equalsIgnoreCase(applicationName));
    }

    /** The same with one name in place of another: for the member that takes over. */
    public SyncNames replacing(String name, String by) {
        return new SyncNames(
                method,
                needed,
                names.stream().map(n -> n.equalsIgnoreCase(name) ? by : n).toList());
    }

    /** The setting as the server reads it. */
    public String setting() {
        if (needed == 0) {
            return "";
        }
        String list = names.stream()
                .map(n -> n.equals("*") ? n : '"' + n.replace("\"", "\"\"") + '"')
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
        return method.isEmpty() ? list : method + " " + needed + " (" + list + ")";
    }
}
