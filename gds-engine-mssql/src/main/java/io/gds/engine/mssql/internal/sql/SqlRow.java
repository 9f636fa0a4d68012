package io.gds.engine.mssql.internal.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** One row of an answer: NULL is a value that is not there, and never an error. Valid while the answer is read, on its thread. */
public final class SqlRow {
    private final ResultSet row;

    SqlRow(ResultSet row) {
        this.row = row;
    }

    /** A text without the blanks that columns of a fixed width end in; empty for NULL, and for nothing but blanks. */
    public Optional<String> optional(String column) throws SQLException {
        return Optional.ofNullable(row.getString(column))
                .map(String::stripTrailing)
                .filter(s -> !s.isEmpty());
    }

    /** The same; "" where there is none. */
    public String text(String column) throws SQLException {
        return optional(column).orElse("");
    }

    /** A whole number. */
    public OptionalLong number(String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** A number. */
    public OptionalDouble real(String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** Whether it is 1; NULL is not. */
    public boolean flag(String column) throws SQLException {
        return row.getBoolean(column);
    }

    /** A time by the clock on the server's wall. */
    public Optional<LocalDateTime> time(String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, LocalDateTime.class));
    }
}
