package io.gds.database.testkit.mssql;

import com.microsoft.sqlserver.jdbc.SQLServerDriver;
import io.gds.database.testkit.SettableClock;
import io.gds.database.testkit.windows.HostService;
import io.gds.database.testkit.windows.HostTimer;
import io.gds.database.testkit.windows.WindowsHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/** Servers SQL01, SQL02 and so on, each on a host of its own, with one clock to move, and the real driver to ask them. */
final class Servers implements AutoCloseable {
    static final String OLD = "16.0.4135.4";
    static final String NEW = "16.0.4165.4";
    static final String EDITION = "Enterprise Edition: Core-based Licensing (64-bit)";
    static final String A = "SQL01";
    static final String B = "SQL02";
    static final String C = "SQL03";
    private static final String PASSWORD = "of-the-test";

    final SettableClock clock = new SettableClock();
    final HostTimer timer = HostTimer.of(clock);
    private final Map<String, WindowsHost> hosts = new LinkedHashMap<>();
    private final Map<String, InstalledInstance> installed = new LinkedHashMap<>();
    private final Map<String, SqlInstance> instances = new LinkedHashMap<>();

    Servers(int count) {
        this(count, OLD);
    }

    Servers(int count, String version) {
        for (int i = 1; i <= count; i++) {
            String name = String.format("SQL%02d", i);
            WindowsHost host = new WindowsHost(name, timer);
            hosts.put(name, host);
            installed.put(name, InstalledInstance.on(host, "MSSQLSERVER", version, EDITION));
            try {
                instances.put(name, SqlInstance.start(host, installed(name), EDITION, "gds", PASSWORD));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    WindowsHost host(String name) {
        return Objects.requireNonNull(hosts.get(name), name);
    }

    InstalledInstance installed(String name) {
        return Objects.requireNonNull(installed.get(name), name);
    }

    SqlInstance instance(String name) {
        return Objects.requireNonNull(instances.get(name), name);
    }

    HostService service(String name) {
        return Objects.requireNonNull(host(name).services().find("MSSQLSERVER"));
    }

    /** Two that commit together and fail over by themselves, and one that follows from afar; with the databases shop and crm. */
    static AvailabilityGroupBuilder three(Servers servers) {
        return AvailabilityGroup.builder("ag1")
                .replica(servers.instance(A), ReplicaSettings.automatic())
                .replica(servers.instance(B), ReplicaSettings.automatic())
                .replica(servers.instance(C), ReplicaSettings.asynchronous())
                .databases("shop", "crm");
    }

    void pass(Duration time) {
        clock.advance(time);
    }

    void pass(int seconds) {
        clock.advance(Duration.ofSeconds(seconds));
    }

    Connection connect(String server, String... settings) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "gds");
        properties.setProperty("password", PASSWORD);
        properties.setProperty("encrypt", "false");
        properties.setProperty("loginTimeout", "30");
        properties.setProperty("applicationName", "dba");
        properties.setProperty("connectRetryCount", "0");
        for (int i = 0; i < settings.length; i += 2) {
            properties.setProperty(settings[i], settings[i + 1]);
        }
        return new SQLServerDriver()
                .connect(
                        "jdbc:sqlserver://localhost:"
                                + instance(server).server().port(),
                        properties);
    }

    Connection in(String server, String database) throws SQLException {
        return connect(server, "databaseName", database);
    }

    void run(String server, String sql) throws SQLException {
        try (Connection connection = connect(server)) {
            execute(connection, sql);
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The number of the error that a statement gets; 0 for none. */
    int error(String server, String sql) throws SQLException {
        try (Connection connection = connect(server)) {
            return error(connection, sql);
        }
    }

    static int error(Connection connection, String sql) {
        try {
            execute(connection, sql);
            return 0;
        } catch (SQLException e) {
            return e.getErrorCode();
        }
    }

    /** The number of the error that a login gets; 0 for none. */
    int loginError(String server, String... settings) {
        try (Connection connection = connect(server, settings)) {
            return connection.isClosed() ? -1 : 0;
        } catch (SQLException e) {
            return e.getErrorCode();
        }
    }

    /** The rows of a query, each with its columns joined by a blank. */
    List<String> rows(String server, String sql) throws SQLException {
        try (Connection connection = connect(server)) {
            return rows(connection, sql);
        }
    }

    static List<String> rows(Connection connection, String sql) throws SQLException {
        List<String> out = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet r = statement.executeQuery(sql)) {
            int width = r.getMetaData().getColumnCount();
            while (r.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= width; i++) {
                    row.add(String.valueOf(r.getString(i)));
                }
                out.add(String.join(" ", row));
            }
        }
        return out;
    }

    /** Statements that the model does not know. */
    List<String> refused() {
        return instances.values().stream().flatMap(i -> i.refused().stream()).toList();
    }

    @Override
    public void close() {
        instances.values().forEach(SqlInstance::close);
    }
}
