package io.gds.engine.mssql.internal.settings;

import io.gds.database.ConfigAdmin;
import io.gds.database.ConfigSetting;
import io.gds.database.OperationResult;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.OperationTimer;
import io.gds.engine.mssql.internal.sql.SqlAccess;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Options of an instance by the names of {@code sp_configure}, and those of its databases as {@code database/NAME}. Thread-safe; two who
 * change options at a time may install each other's, since RECONFIGURE installs all.
 */
public final class InstanceSettings implements ConfigAdmin {
    private final SqlAccess access;
    private final Clock clock;

    /** Settings of an instance. */
    public InstanceSettings(SqlAccess access, Clock clock) {
        this.access = access;
        this.clock = clock;
    }

    @Override
    public List<ConfigSetting> settings() {
        return access.call("reading its options", s -> {
            List<ConfigSetting> all = new ArrayList<>();
            ServerOption.all(s).forEach(o -> all.add(o.shown()));
            ScopedOption.all(s).forEach(o -> all.add(o.shown()));
            return List.copyOf(all);
        });
    }

    @Override
    public Optional<ConfigSetting> setting(String name) {
        return access.call("reading option " + name, s -> {
            Optional<ServerOption> server = ServerOption.find(s, name);
            return server.isPresent()
                    ? server.map(ServerOption::shown)
                    : ScopedOption.find(s, name).map(ScopedOption::shown);
        });
    }

    @Override
    public OperationResult set(String name, String value) {
        OperationTimer timer = OperationTimer.start(clock, "set " + name);
        return access.call("setting option " + name, s -> {
            Optional<ServerOption> server = ServerOption.find(s, name);
            if (server.isPresent()) {
                return set(timer, s, server.get(), number(server.get(), value));
            }
            return set(timer, s, ScopedOption.find(s, name).orElseThrow(() -> unknown(name)), value);
        });
    }

    /**
     * Gives an option the default that the documentation names.
     *
     * @throws GdsDatabaseException with code {@code GDS-CONFIG} when it has none that is the same everywhere
     */
    @Override
    public OperationResult reset(String name) {
        OperationTimer timer = OperationTimer.start(clock, "reset " + name);
        return access.call("resetting option " + name, s -> {
            Optional<ServerOption> server = ServerOption.find(s, name);
            if (server.isPresent()) {
                long usual = OptionDefaults.ofServer(server.get().name()).orElseThrow(() -> noDefault(name));
                return set(timer, s, server.get(), usual);
            }
            ScopedOption scoped = ScopedOption.find(s, name).orElseThrow(() -> unknown(name));
            String usual = OptionDefaults.ofDatabase(scoped.name()).orElseThrow(() -> noDefault(name));
            return set(timer, s, scoped, usual);
        });
    }

    private static OperationResult set(OperationTimer timer, Statement s, ServerOption option, long value)
            throws SQLException {
        if (option.value() == value && option.inUse() == value) {
            return timer.already("it has this value");
        }
        if (option.value() == value && !option.isDynamic()) {
            return timer.already("it has this value, which waits for a restart; in use is " + option.inUse());
        }
        try {
            ServerOptions.change(s, option, value);
        } catch (SQLException e) {
            throw Refusals.orElse(option.name(), e);
        }
        // Somebody may have configured it without RECONFIGURE; or the server uses another value for this one.
        if (option.value() == value
                && ServerOption.find(s, option.name())
                        .filter(o -> o.inUse() == option.inUse())
                        .isPresent()) {
            return timer.already("it has this value, for which the server uses " + option.inUse());
        }
        return timer.changed(
                option.isDynamic()
                        ? "in force at once"
                        : "in force after the next restart; until then " + option.inUse() + " is in use");
    }

    private static OperationResult set(OperationTimer timer, Statement s, ScopedOption option, String value)
            throws SQLException {
        if (option.has(value)) {
            return timer.already("it has this value");
        }
        try {
            option.change(s, value);
        } catch (SQLException e) {
            throw Refusals.orElse(option.path(), e);
        }
        return timer.changed("in force at once in database " + option.database().plain());
    }

    private static long number(ServerOption option, String value) {
        try {
            long number = Long.parseLong(value.strip());
            if (option.least() <= number && number <= option.most()) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, with what would have been one.
        }
        throw Refusals.refused(
                option.name(),
                "found \"" + value + "\", expected a whole number from " + option.least() + " to " + option.most()
                        + ".",
                "give such a number.");
    }

    private static GdsDatabaseException unknown(String name) {
        return Refusals.refused(
                name,
                "there is no such option of the instance, and no such database with such an option.",
                "look at settings(); those of a database are named database/NAME.");
    }

    private static GdsDatabaseException noDefault(String name) {
        return Refusals.refused(
                name,
                "its default is not the same in every version, or was chosen by setup.",
                "set the value that you want.");
    }
}
