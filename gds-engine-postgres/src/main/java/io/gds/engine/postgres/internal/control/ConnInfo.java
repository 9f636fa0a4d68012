package io.gds.engine.postgres.internal.control;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A libpq connection string of keywords and values, as {@code primary_conninfo} holds it. It may hold a password, so
 * {@link #toString()} shows host and port only. Immutable.
 */
public final class ConnInfo {
    private final Map<String, String> values;

    private ConnInfo(Map<String, String> values) {
        this.values = new LinkedHashMap<>(values);
    }

    /**
     * Parses a connection string.
     *
     * @throws IllegalArgumentException when it is not one; the message holds none of its text
     */
    public static ConnInfo parse(String text) {
        Map<String, String> out = new LinkedHashMap<>();
        int i = 0;
        int n = text.length();
        while (true) {
            while (i < n && Character.isWhitespace(text.charAt(i))) {
                i++;
            }
            if (i >= n) {
                return new ConnInfo(out);
            }
            int eq = text.indexOf('=', i);
            if (eq < 0) {
                throw new IllegalArgumentException("a connection string with a keyword that has no value");
            }
            String key = text.substring(i, eq).strip();
            i = eq + 1;
            while (i < n && Character.isWhitespace(text.charAt(i))) {
                i++;
            }
            boolean quoted = i < n && text.charAt(i) == '\'';
            i += quoted ? 1 : 0;
            StringBuilder value = new StringBuilder();
            while (i < n && (quoted ? text.charAt(i) != '\'' : !Character.isWhitespace(text.charAt(i)))) {
                if (text.charAt(i) == '\\' && i + 1 < n) {
                    i++;
                }
                value.append(text.charAt(i));
                i++;
            }
            i += quoted ? 1 : 0;
            out.put(key, value.toString());
        }
    }

    /** A value by keyword. */
    public Optional<String> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** The same with another value. */
    public ConnInfo with(String key, String value) {
        Map<String, String> copy = new LinkedHashMap<>(values);
        copy.put(key, value);
        return new ConnInfo(copy);
    }

    /** {@code host:port} that it leads to. */
    public String address() {
        return values.getOrDefault("host", "") + ":" + values.getOrDefault("port", "5432");
    }

    /** The connection string; may hold a password. */
    public String reveal() {
        StringBuilder out = new StringBuilder();
        values.forEach((k, v) -> out.append(out.isEmpty() ? "" : " ")
                .append(k)
                .append("='")
                .append(v.replace("\\", "\\\\").replace("'", "\\'"))
                .append('\''));
        return out.toString();
    }

    @Override
    public String toString() {
        return address();
    }
}
