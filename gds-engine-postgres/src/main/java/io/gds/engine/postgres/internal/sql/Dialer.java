package io.gds.engine.postgres.internal.sql;

import io.gds.database.spi.Secrets;
import io.gds.engine.postgres.internal.config.ConnectionSpec;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/** Opens and tidies connections. Thread-safe. */
final class Dialer {
    private static final String APPLICATION_NAME = "gds";
    /** A little over the limit of a statement: the last net when the network swallows the answer. */
    private static final long SOCKET_SECONDS = Connections.STATEMENT_LIMIT.toSeconds() + 10;

    private final ConnectionSpec spec;
    private final Secrets secrets;
    private final Driver driver = new Driver();

    Dialer(ConnectionSpec spec, Secrets secrets) {
        this.spec = spec;
        this.secrets = secrets;
    }

    Connection dial(Target target) throws SQLException {
        Properties properties = new Properties();
        long seconds = Math.max(1, spec.connectTimeout().toSeconds());
        properties.setProperty("user", spec.user());
        properties.setProperty("password", secrets.resolve(spec.password()).reveal());
        // As a property: names with slashes or question marks need no escapes here.
        properties.setProperty("PGDBNAME", target.database());
        properties.setProperty("sslmode", spec.sslMode());
        properties.setProperty("connectTimeout", Long.toString(seconds));
        properties.setProperty(
                "loginTimeout",
                Long.toString(seconds * Math.max(2, target.hosts().size() + 1)));
        properties.setProperty("socketTimeout", target.patient() ? "0" : Long.toString(SOCKET_SECONDS));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", APPLICATION_NAME);
        properties.setProperty("targetServerType", target.role());
        // A pooler in front may hand each transaction to another server connection.
        properties.setProperty("prepareThreshold", "0");
        // The driver's memory of roles is wrong just when we need it: around a switchover.
        properties.setProperty("hostRecheckSeconds", "0");
        @Nullable Connection connection = driver.connect(target.url(), properties);
        if (connection == null) {
            throw new SQLException("not an address of a PostgreSQL server: " + target.url(), "08001");
        }
        return connection;
    }

    /** Whether a kept connection still leads to a server of the wanted role. */
    boolean stillFits(Connection connection, Target target) throws SQLException {
        return !target.role().equals(Target.PRIMARY)
                || !new Session(connection, Connections.STATEMENT_LIMIT).inRecovery();
    }

    /** Makes a connection as it was when new; false when that failed. */
    static boolean reset(Connection connection) {
        try {
            if (!connection.getAutoCommit()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
            return !connection.isClosed();
        } catch (SQLException e) {
            return false;
        }
    }

    static void closeQuietly(@Nullable Connection connection) {
        if (connection == null) {
            return;
        }
        try {
            connection.close();
        } catch (SQLException e) {
            // A connection that cannot be closed is closed by the other side.
            return;
        }
    }
}
