package io.gds.engine.postgres.internal.sql;

/** A string constant, for the statements that take no bind parameters. Immutable. */
public final class Literal implements SqlPart {
    private final String value;
    private final boolean secret;

    private Literal(String value, boolean secret) {
        if (value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a string constant must not contain NUL");
        }
        this.value = value;
        this.secret = secret;
    }

    /** A constant that may be shown. */
    public static Literal of(String value) {
        return new Literal(value, false);
    }

    /** A constant that is masked wherever the statement is shown. */
    public static Literal secret(String value) {
        return new Literal(value, true);
    }

    @Override
    public String sql() {
        String doubled = value.replace("'", "''");
        // The E form means the same whatever standard_conforming_strings says.
        return value.indexOf('\\') >= 0 ? "E'" + doubled.replace("\\", "\\\\") + "'" : "'" + doubled + "'";
    }

    @Override
    public String toString() {
        return secret ? "'***'" : sql();
    }
}
