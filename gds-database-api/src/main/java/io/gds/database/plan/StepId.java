package io.gds.database.plan;

import java.util.regex.Pattern;

/**
 * The name of a step within its plan.
 *
 * @param value lower-case words, digits, dashes, dots and colons, for example {@code n2:install}
 */
public record StepId(String value) implements Comparable<StepId> {
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9:_-]*");

    /** Checks the shape; a dot is not allowed, since references to facts are written {@code step.key}. */
    public StepId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "step id \"" + value + "\": expected letters, digits, colons, dashes and underscores");
        }
    }

    /** A step id. */
    public static StepId of(String value) {
        return new StepId(value);
    }

    @Override
    public int compareTo(StepId o) {
        return value.compareTo(o.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
