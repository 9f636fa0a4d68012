package io.gds.database.spi;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * A column of a {@link HistoryView}.
 *
 * @param name lower-case with underscores
 * @param source where its value comes from
 * @param key which of them
 */
public record HistoryColumn(String name, Source source, String key) {
    private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,62}");

    /** Where values come from. */
    public enum Source {
        /** What every history knows; see {@link HistoryView.Rows}. */
        FIELD,
        /** A parameter of the step, or a detail of the target, as planned. */
        PARAM,
        /** What handlers found out, the last that was said: of the step, or of any step about the target. */
        FACT,
        /** A parameter, and where there is none what handlers found out under the same key. */
        PARAM_OR_FACT
    }

    /** Checks the names. */
    public HistoryColumn {
        requireNonNull(source, "source");
        if (!HistoryView.NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name of a column: found \"" + name + "\", expected " + HistoryView.NAME);
        }
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("column " + name + ": found key \"" + key + "\", expected " + KEY);
        }
    }

    /** A field under its own name. */
    public static HistoryColumn field(String name) {
        return new HistoryColumn(name, Source.FIELD, name);
    }

    /** A field under another name. */
    public static HistoryColumn field(String name, String field) {
        return new HistoryColumn(name, Source.FIELD, field);
    }

    /** A parameter of the step, or a detail of the target. */
    public static HistoryColumn param(String name, String key) {
        return new HistoryColumn(name, Source.PARAM, key);
    }

    /** A parameter of the step or a detail of the target; where there is none, what handlers found out. */
    public static HistoryColumn paramOrFact(String name, String key) {
        return new HistoryColumn(name, Source.PARAM_OR_FACT, key);
    }

    /** What handlers found out. */
    public static HistoryColumn fact(String name, String key) {
        return new HistoryColumn(name, Source.FACT, key);
    }
}
