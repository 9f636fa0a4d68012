package io.gds.database.testkit.mssql;

import io.gds.database.testkit.tds.SqlFailure;
import io.gds.database.testkit.tds.SqlOutcome;
import java.util.List;
import java.util.Map;

/**
 * {@code sp_configure}, {@code RECONFIGURE} and {@code ALTER DATABASE SCOPED CONFIGURATION}.
 *
 * <p>Source: sp_configure (an advanced option is not known unless "show advanced options" is in force, 15123; a value beyond its limits,
 * 15129; nothing is in force before RECONFIGURE), RECONFIGURE (what needs a restart waits for it; an unwise recovery interval is refused
 * without OVERRIDE, 5807), ALTER DATABASE SCOPED CONFIGURATION.
 */
final class OptionStatements {
    private static final String ADVANCED = "show advanced options";
    private static final String RECOVERY = "recovery interval (min)";
    private static final int LONGEST_RECOVERY = 60;
    private static final Map<String, String> SWITCHES = Map.of("ON", "1", "OFF", "0");

    private final ServerCatalogue all;

    OptionStatements(ServerCatalogue all) {
        this.all = all;
    }

    void register(ServerStatements to) {
        to.know(
                "EXEC sys\\.sp_configure @configname = (@P\\d+), @configvalue = (@P\\d+)",
                (m, c) -> configure(c.value(m.group(1)), Long.parseLong(c.value(m.group(2)))));
        to.know("RECONFIGURE", (m, c) -> reconfigure());
        to.know(
                "EXEC " + TransactSql.NAME
                        + "\\.sys\\.sp_executesql N'ALTER DATABASE SCOPED CONFIGURATION SET (\\w+) = (-?\\w+)'",
                (m, c) -> scoped(TransactSql.name(m.group(1)), m.group(2), m.group(3)));
    }

    private List<SqlOutcome> configure(String name, long value) throws SqlFailure {
        ModelOption option = all.options.get(name);
        ModelOption advanced = all.options.get(ADVANCED);
        if (option == null || (option.advanced && (advanced == null || advanced.inUse == 0))) {
            throw ServerStatements.failure(
                    15123, "The configuration option '" + name + "' does not exist, or it may be an advanced option.");
        }
        if (value < option.least || value > option.most) {
            throw ServerStatements.failure(
                    15129, "'" + value + "' is not a valid value for configuration option '" + name + "'.");
        }
        long old = option.value;
        option.value = value;
        return List.of(
                new SqlOutcome.Info(
                        15457,
                        1,
                        10,
                        "Configuration option '" + option.name + "' changed from " + old + " to " + value
                                + ". Run the RECONFIGURE statement to install."),
                new SqlOutcome.Done());
    }

    private List<SqlOutcome> reconfigure() throws SqlFailure {
        ModelOption recovery = all.options.get(RECOVERY);
        if (recovery != null && recovery.value > LONGEST_RECOVERY) {
            throw ServerStatements.failure(
                    5807,
                    "Recovery intervals above 60 minutes not recommended. Use the RECONFIGURE WITH OVERRIDE statement to"
                            + " force this configuration.");
        }
        all.options.values().stream().filter(o -> o.dynamic).forEach(ModelOption::install);
        return ServerStatements.done();
    }

    private List<SqlOutcome> scoped(String database, String name, String value) throws SqlFailure {
        Map<String, String> options = all.of(database).scoped;
        if (!options.containsKey(name)) {
            throw ServerStatements.failure(102, "Incorrect syntax near '" + name + "'.");
        }
        boolean isNumber = name.equalsIgnoreCase("MAXDOP");
        if (isNumber ? !value.matches("\\d{1,5}") : !SWITCHES.containsKey(value)) {
            throw ServerStatements.failure(102, "Incorrect syntax near '" + value + "'.");
        }
        options.put(name, isNumber ? value : SWITCHES.getOrDefault(value, value));
        return ServerStatements.done();
    }
}
