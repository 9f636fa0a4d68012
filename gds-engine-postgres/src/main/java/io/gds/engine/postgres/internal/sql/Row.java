package io.gds.engine.postgres.internal.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The current row of a result, in which NULL is never mistaken for a value. Valid inside the mapper only. */
public final class Row {
    private final ResultSet result;

    Row(ResultSet result) {
        this.result = result;
    }

    /** A text that is never NULL; NULL gives the empty text. */
    public String text(String column) throws SQLException {
        return optionalText(column).orElse("");
    }

    /** A text; empty for NULL. */
    public Optional<String> optionalText(String column) throws SQLException {
        @Nullable String value = result.getString(column);
        return Optional.ofNullable(value);
    }

    /** A number that the query guarantees. */
    public long number(String column) throws SQLException {
        return result.getLong(column);
    }

    /** A number; empty for NULL. */
    public OptionalLong optionalNumber(String column) throws SQLException {
        long value = result.getLong(column);
        return result.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** A number with a fraction; empty for NULL. */
    public Optional<Double> fraction(String column) throws SQLException {
        double value = result.getDouble(column);
        return result.wasNull() ? Optional.empty() : Optional.of(value);
    }

    /** A flag; NULL counts as false. */
    public boolean flag(String column) throws SQLException {
        return result.getBoolean(column);
    }

    /** An instant; empty for NULL. */
    public Optional<Instant> instant(String column) throws SQLException {
        @Nullable OffsetDateTime value = result.getObject(column, OffsetDateTime.class);
        return value == null ? Optional.empty() : Optional.of(value.toInstant());
    }

    /** A text array; empty for NULL. */
    public List<String> texts(String column) throws SQLException {
        java.sql.@Nullable Array value = result.getArray(column);
        return value == null ? List.of() : List.of((String[]) value.getArray());
    }
}
