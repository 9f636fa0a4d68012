package io.gds.database.testkit.mssql;

import io.gds.database.testkit.tds.SqlFailure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client has written in a database of a group and not committed yet. Used by one thread. */
final class Transaction {
    private final @Nullable LocalGroup group;
    private final String database;
    private final List<LogRecord.Change> changes = new ArrayList<>();

    Transaction(LocalGroup group, String database) {
        this.group = group;
        this.database = database;
    }

    private Transaction() {
        this.group = null;
        this.database = "";
    }

    /** One in a database that takes no rows. */
    static Transaction ofNothing() {
        return new Transaction();
    }

    List<LogRecord.Change> changes() {
        return List.copyOf(changes);
    }

    /** The model's transactions are of one database, and the system's databases take no rows. */
    void checkIn(String current) throws SqlFailure {
        if (group == null || !database.equalsIgnoreCase(current)) {
            throw new SqlFailure(
                    102,
                    1,
                    15,
                    "the model does not know how to write to " + current + " in a transaction of another database");
        }
        group.checkWritable(database);
    }

    void create(LogRecord.NewTable table) throws SqlFailure {
        if (tables().find(table.table()) != null) {
            throw AccessErrors.tableExists(table.table());
        }
        changes.add(table);
    }

    void drop(SqlStatement.DropTable drop) throws SqlFailure {
        if (tables().find(drop.table()) != null) {
            changes.add(new LogRecord.OldTable(drop.table()));
        } else if (!drop.onlyIfThere()) {
            throw AccessErrors.noTableToDrop(drop.table());
        }
    }

    void insert(SqlStatement.Insert insert) throws SqlFailure {
        UserTables.Table table = tables().find(insert.table());
        if (table == null) {
            throw AccessErrors.noTable(insert.table());
        }
        if (!table.definition().column().equalsIgnoreCase(insert.column())) {
            throw new SqlFailure(207, 1, 16, "Invalid column name '" + insert.column() + "'.");
        }
        List<Long> there = new ArrayList<>(table.values());
        for (long value : insert.values()) {
            if (table.definition().unique() && there.contains(value)) {
                throw AccessErrors.duplicate(table.definition().table(), value);
            }
            there.add(value);
        }
        insert.values()
                .forEach(
                        v -> changes.add(new LogRecord.NewRow(table.definition().table(), v)));
    }

    private UserTables tables() {
        return UserTables.of(group == null ? List.of() : group.changes(database), changes);
    }

    void commit() throws SqlFailure, InterruptedException {
        if (group != null && !changes.isEmpty()) {
            group.commit(database, changes);
        }
    }
}
