package io.gds.engine.mssql.internal.settings;

import io.gds.database.ConfigSetting;
import io.gds.database.ConfigSetting.TakesEffect;
import io.gds.engine.mssql.internal.sql.SqlErrors;
import io.gds.engine.mssql.internal.sql.SqlName;
import io.gds.engine.mssql.internal.sql.SqlQuery;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * An option of one database, named {@code database/NAME}.
 *
 * <p>Source: sys.database_scoped_configurations (2016 and later; is_value_default came later and is not asked for), ALTER DATABASE SCOPED
 * CONFIGURATION.
 *
 * @param database whose
 * @param name its own name
 * @param value as the view has it: switches as 1 and 0
 */
record ScopedOption(SqlName database, String name, String value) {
    private static final String OPEN =
            "SELECT name FROM sys.databases WHERE state_desc = 'ONLINE' AND HAS_DBACCESS(name) = 1 ORDER BY name";
    /** Not to be read on this replica, or not by this login. */
    private static final Set<Integer> CLOSED = Set.of(916, 976, 978, 983);
    /** What stands for a number or for a word; neither can be a parameter. */
    private static final String SHAPE = "-?\\d{1,10}|[A-Za-z_]{1,60}";

    /** Of all databases that can be looked into. */
    static List<ScopedOption> all(Statement s) throws SQLException {
        List<ScopedOption> all = new ArrayList<>();
        for (String database : SqlQuery.rows(s, OPEN, row -> row.text("name"))) {
            try {
                all.addAll(of(s, new SqlName(database)));
            } catch (SQLException e) {
                if (!CLOSED.contains(SqlErrors.number(e))) {
                    throw e;
                }
            }
        }
        return all;
    }

    private static List<ScopedOption> of(Statement s, SqlName database) throws SQLException {
        return SqlQuery.rows(
                s,
                "SELECT name, CAST(value AS nvarchar(128)) AS value FROM " + database.quoted()
                        + ".sys.database_scoped_configurations ORDER BY name",
                row -> new ScopedOption(database, row.text("name"), row.text("value")));
    }

    /** By {@code database/NAME}; empty when there is no such database or option. */
    static Optional<ScopedOption> find(Statement s, String path) throws SQLException {
        int slash = path.lastIndexOf('/');
        if (slash < 1) {
            return Optional.empty();
        }
        String database = path.substring(0, slash);
        Optional<String> open = SqlQuery.rows(s, OPEN, row -> row.text("name")).stream()
                .filter(d -> d.equalsIgnoreCase(database))
                .findFirst();
        if (open.isEmpty()) {
            return Optional.empty();
        }
        String name = path.substring(slash + 1);
        return of(s, new SqlName(open.get())).stream()
                .filter(o -> o.name().equalsIgnoreCase(name))
                .findFirst();
    }

    String path() {
        return database.plain() + "/" + name;
    }

    /** Whether a value as people write it is what it has. */
    boolean has(String wanted) {
        String word = wanted.toUpperCase(Locale.ROOT);
        return value.equalsIgnoreCase(wanted)
                || (word.equals("ON") && value.equals("1"))
                || (word.equals("OFF") && value.equals("0"));
    }

    /** Changes it, for the primary; secondaries of a group follow it unless they have a value of their own. */
    void change(Statement s, String wanted) throws SQLException {
        if (!wanted.matches(SHAPE)) {
            throw Refusals.refused(
                    path(), "found \"" + wanted + "\", expected a number or a word.", "give ON, OFF or such.");
        }
        String alter = "ALTER DATABASE SCOPED CONFIGURATION SET " + name + " = " + wanted.toUpperCase(Locale.ROOT);
        SqlQuery.run(s, "EXEC " + database.quoted() + ".sys.sp_executesql " + SqlName.literal(alter));
    }

    ConfigSetting shown() {
        return new ConfigSetting(path(), value, "database scoped configuration", TakesEffect.IMMEDIATELY, false);
    }
}
