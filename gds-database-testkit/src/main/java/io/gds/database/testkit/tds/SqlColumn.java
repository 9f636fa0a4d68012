package io.gds.database.testkit.tds;

/**
 * A column of a result.
 *
 * @param name at most 128 characters; may be empty
 * @param type of all its values; each may be null
 */
public record SqlColumn(String name, SqlType type) {
    private static final int LONGEST_NAME = 128;

    /** Checks the name. */
    public SqlColumn {
        if (name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("column name of " + name.length() + " characters: " + name);
        }
    }
}
