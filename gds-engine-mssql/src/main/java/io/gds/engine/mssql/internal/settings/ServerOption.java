package io.gds.engine.mssql.internal.settings;

import io.gds.database.ConfigSetting;
import io.gds.database.ConfigSetting.TakesEffect;
import io.gds.engine.mssql.internal.sql.SqlQuery;
import io.gds.engine.mssql.internal.sql.SqlRow;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/**
 * An option of {@code sp_configure}.
 *
 * @param name its name
 * @param value what is configured
 * @param inUse what runs
 * @param least the lowest value
 * @param most the highest value
 * @param isDynamic whether RECONFIGURE brings it into force; otherwise a restart
 * @param isAdvanced whether sp_configure knows it only while "show advanced options" is in force
 */
record ServerOption(String name, long value, long inUse, long least, long most, boolean isDynamic, boolean isAdvanced) {
    private static final String OPTIONS =
            "SELECT name, CAST(value AS bigint) AS value, CAST(value_in_use AS bigint) AS in_use,"
                    + " CAST(minimum AS bigint) AS least, CAST(maximum AS bigint) AS most, is_dynamic, is_advanced"
                    + " FROM sys.configurations";

    static List<ServerOption> all(Statement s) throws SQLException {
        return SqlQuery.rows(s, OPTIONS + " ORDER BY name", ServerOption::of);
    }

    static Optional<ServerOption> find(Statement s, String name) throws SQLException {
        return SqlQuery.first(s, OPTIONS + " WHERE name = ?", ServerOption::of, name);
    }

    private static ServerOption of(SqlRow row) throws SQLException {
        return new ServerOption(
                row.text("name"),
                row.number("value").orElse(0),
                row.number("in_use").orElse(0),
                row.number("least").orElse(Long.MIN_VALUE),
                row.number("most").orElse(Long.MAX_VALUE),
                row.flag("is_dynamic"),
                row.flag("is_advanced"));
    }

    /**
     * Whether the configured value waits for a restart. An option that needs none may show two values all the same: the server uses 16
     * MB for a minimum of nothing.
     */
    boolean waitsForRestart() {
        return !isDynamic && value != inUse;
    }

    ConfigSetting shown() {
        return new ConfigSetting(
                name,
                Long.toString(value),
                "sp_configure" + (value == inUse ? "" : ", in use " + inUse),
                isDynamic ? TakesEffect.IMMEDIATELY : TakesEffect.AFTER_RESTART,
                waitsForRestart());
    }
}
