package io.gds.database.testkit.mssql;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A view or a table as it is at the moment of a statement.
 *
 * @param name with its schema, quoted where it must be
 * @param columns name and type of each
 * @param rows a value for each column
 */
record Relation(String name, List<String> columns, List<List<@Nullable Object>> rows) {
    /** The schema, quoted where it must be. */
    String schema() {
        return name.substring(0, name.startsWith("\"") ? name.indexOf("\".", 1) + 1 : name.indexOf('.'));
    }

    /** The name without the schema and without quotes, in lower case: a statement that uses it contains it. */
    String table() {
        return name.substring(schema().length() + 1).replace("\"", "").toLowerCase(Locale.ROOT);
    }

    static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    /** As servers tell the time that live in UTC. */
    static @Nullable LocalDateTime time(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC).toLocalDateTime();
    }
}
