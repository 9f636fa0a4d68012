package io.gds.database.testkit.tds;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One part of an answer. */
public sealed interface SqlOutcome {
    /**
     * A result set.
     *
     * @param columns at least one
     * @param rows one value for each column; read once, while they are sent, so that they may be many
     */
    record Rows(List<SqlColumn> columns, Iterable<List<@Nullable Object>> rows) implements SqlOutcome {
        /** Takes a copy of the columns. */
        public Rows {
            columns = List.copyOf(columns);
            if (columns.isEmpty()) {
                throw new IllegalArgumentException("a result set without columns");
            }
        }

        /** No rows yet. */
        public static Rows of(SqlColumn... columns) {
            return new Rows(List.of(columns), List.of());
        }

        /** The same with a row more. */
        public Rows row(@Nullable Object... values) {
            List<List<@Nullable Object>> more = new ArrayList<>();
            rows.forEach(more::add);
            more.add(Arrays.asList(values));
            return new Rows(columns, more);
        }
    }

    /** How many rows a statement changed. */
    record UpdateCount(long rows) implements SqlOutcome {}

    /** A statement that has neither rows nor a count, such as {@code ALTER DATABASE}. */
    record Done() implements SqlOutcome {}

    /** A message; drivers make it a warning. */
    record Info(int number, int state, int severity, String text) implements SqlOutcome {
        static Info databaseContext(String database) {
            return new Info(5701, 1, 10, "Changed database context to '" + database + "'.");
        }

        static Info languageSetting() {
            return new Info(5703, 1, 10, "Changed language setting to us_english.");
        }
    }

    /** An error. What follows still reaches the client, unless the severity is 20 or above: then the connection ends. */
    record Failed(int number, int state, int severity, String text) implements SqlOutcome {}

    /** The session is in another database now. */
    record DatabaseChanged(String database) implements SqlOutcome {}

    /** What a procedure returns; 0 when nobody says. Not for plain SQL. */
    record ReturnStatus(int value) implements SqlOutcome {}

    /** An output parameter of a procedure, by the name of the {@link SqlParameter}. Not for plain SQL. */
    record Output(String name, SqlType type, @Nullable Object value) implements SqlOutcome {}
}
