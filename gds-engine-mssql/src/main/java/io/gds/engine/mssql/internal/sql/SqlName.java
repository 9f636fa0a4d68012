package io.gds.engine.mssql.internal.sql;

import java.util.Locale;

/**
 * The name of an object, as it stands in a statement: in brackets, by the rule of {@code QUOTENAME}.
 *
 * @param plain the name itself
 */
public record SqlName(String plain) {
    private static final int LONGEST = 128;

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException when no object can have it: empty, longer than 128 characters, or with a NUL in it
     */
    public SqlName {
        if (plain.isEmpty() || plain.length() > LONGEST || plain.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("\"" + plain + "\" cannot be a name in SQL Server");
        }
    }

    /** The name as it stands in a statement. */
    public String quoted() {
        return "[" + plain.replace("]", "]]") + "]";
    }

    /** The name as a text in a statement: {@code N'it''s'}. */
    public String literal() {
        return literal(plain);
    }

    /** A text in a statement. */
    public static String literal(String text) {
        return "N'" + text.replace("'", "''") + "'";
    }

    /** Whether both mean the same where names have no case, as for servers and instances. */
    public boolean matches(String other) {
        return plain.toLowerCase(Locale.ROOT).equals(other.toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return quoted();
    }
}
