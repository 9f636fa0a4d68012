package io.gds.database.run;

import java.util.regex.Pattern;

/**
 * The name of a run.
 *
 * @param value lower-case letters, digits and dashes
 */
public record RunId(String value) implements Comparable<RunId> {
    private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    /** Checks the shape. */
    public RunId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "run id \"" + value + "\": expected up to 64 lower-case letters, digits and dashes");
        }
    }

    /** A run id. */
    public static RunId of(String value) {
        return new RunId(value);
    }

    @Override
    public int compareTo(RunId o) {
        return value.compareTo(o.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
