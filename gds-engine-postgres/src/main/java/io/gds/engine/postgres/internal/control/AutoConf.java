package io.gds.engine.postgres.internal.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The text of {@code postgresql.auto.conf}, for a server that is down and so cannot be asked to change it. Immutable. */
public final class AutoConf {
    private static final Pattern LINE = Pattern.compile("\\s*([A-Za-z_][A-Za-z0-9_.]*)\\s*=?\\s*'((?:[^']|'')*)'.*");

    private final List<String> lines;

    private AutoConf(List<String> lines) {
        this.lines = List.copyOf(lines);
    }

    /** Reads the text. */
    public static AutoConf parse(String text) {
        return new AutoConf(text.lines().collect(Collectors.toList()));
    }

    /** A setting; the last one counts, as for the server. */
    public Optional<String> get(String name) {
        Optional<String> found = Optional.empty();
        for (String line : lines) {
            Matcher m = LINE.matcher(line);
            if (m.matches() && m.group(1).equalsIgnoreCase(name)) {
                found = Optional.of(m.group(2).replace("''", "'").replace("\\\\", "\\"));
            }
        }
        return found;
    }

    /** The same with one setting replaced or added. */
    public AutoConf with(String name, String value) {
        List<String> out = new ArrayList<>(without(name).lines);
        out.add(name + " = '" + value.replace("\\", "\\\\").replace("'", "''") + "'");
        return new AutoConf(out);
    }

    /** The same without a setting. */
    public AutoConf without(String name) {
        return new AutoConf(lines.stream().filter(l -> !sets(l, name)).collect(Collectors.toList()));
    }

    private static boolean sets(String line, String name) {
        String s = line.strip().toLowerCase(Locale.ROOT);
        String n = name.toLowerCase(Locale.ROOT);
        return s.startsWith(n)
                && (s.length() == n.length() || !Character.isLetterOrDigit(s.charAt(n.length())))
                && (s.length() == n.length() || s.charAt(n.length()) != '_');
    }

    /** The text to write. */
    public String text() {
        return String.join("\n", lines) + "\n";
    }
}
