package io.gds.database.testkit.mssql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The tables of a database, as a log says that they are. Not thread-safe. */
final class UserTables {
    /** A table with its rows. */
    record Table(LogRecord.NewTable definition, List<Long> values) {
        private Relation relation() {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            values.forEach(v -> rows.add(Relation.row(v)));
            return new Relation(
                    "dbo." + quoted(definition.table()), List.of(quoted(definition.column()) + " bigint"), rows);
        }

        private static String quoted(String name) {
            return '"' + name.replace("\"", "\"\"") + '"';
        }
    }

    private final Map<String, Table> tables = new LinkedHashMap<>();

    private UserTables() {}

    /** What is committed and what one client has written on top of it. */
    static UserTables of(List<LogRecord.Change> committed, List<LogRecord.Change> own) {
        UserTables out = new UserTables();
        committed.forEach(out::apply);
        own.forEach(out::apply);
        return out;
    }

    /** Tables of one column, {@code id}, by their names with their numbers of rows. */
    static List<Relation> numbered(Map<String, Integer> tables) {
        UserTables out = new UserTables();
        tables.forEach((name, rows) -> out.tables.put(
                key(name),
                new Table(
                        new LogRecord.NewTable(name, "id", true),
                        LongStream.rangeClosed(1, rows).boxed().toList())));
        return out.relations();
    }

    private void apply(LogRecord.Change change) {
        if (change instanceof LogRecord.NewTable table) {
            tables.put(key(table.table()), new Table(table, new ArrayList<>()));
        } else if (change instanceof LogRecord.OldTable table) {
            tables.remove(key(table.table()));
        } else if (change instanceof LogRecord.NewRow row) {
            Table table = tables.get(key(row.table()));
            if (table != null) {
                table.values().add(row.value());
            }
        }
    }

    @Nullable
    Table find(String name) {
        return tables.get(key(name));
    }

    List<Relation> relations() {
        List<Relation> out = new ArrayList<>();
        List<List<@Nullable Object>> names = new ArrayList<>();
        for (Table each : tables.values()) {
            out.add(each.relation());
            names.add(Relation.row(each.definition().table()));
        }
        out.add(new Relation("sys.tables", List.of("name varchar(128)"), names));
        return out;
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
