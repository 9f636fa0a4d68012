package io.gds.database.error;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * One mistake in a piece of input.
 *
 * @param location where: {@code line 12} of a file, or a JSON pointer
 * @param field the field's path, for example {@code members[1].port}
 * @param found the value found, masked when it may be a secret
 * @param expected what would have been accepted
 */
public record Problem(String location, String field, String found, String expected) implements Serializable {
    /** Checks that no part is missing. */
    public Problem {
        requireNonNull(location, "location");
        requireNonNull(field, "field");
        requireNonNull(found, "found");
        requireNonNull(expected, "expected");
    }

    @Override
    public String toString() {
        return location + ": " + field + ": found " + found + ", expected " + expected;
    }
}
