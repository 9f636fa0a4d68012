package io.gds.database;

import static java.util.Objects.requireNonNull;

/** A resolved secret. It shows itself only to {@link #reveal()}; {@code toString} is masked. Immutable. */
public final class Secret {
    private final String value;

    private Secret(String value) {
        this.value = requireNonNull(value, "value");
    }

    /** Wraps a value. */
    public static Secret of(String value) {
        return new Secret(value);
    }

    /** The value itself, to be handed to a driver at once and kept nowhere. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Secret s && s.value.equals(value);
    }

    @Override
    public int hashCode() {
        return 1;
    }

    @Override
    public String toString() {
        return "***";
    }
}
