package io.gds.engine.mssql.internal.sql;

import com.microsoft.sqlserver.jdbc.SQLServerDataSource;
import io.gds.database.Secret;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.Cancellation;
import io.gds.database.spi.Secrets;
import io.gds.engine.mssql.internal.config.Authentication;
import io.gds.engine.mssql.internal.config.EncryptionSpec;
import io.gds.engine.mssql.internal.config.MssqlSpec;
import io.gds.engine.mssql.internal.config.TargetSpec;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Connections to one instance. One that is idle is used again; one that broke is thrown away. Thread-safe; calls block for as long as
 * the spec allows.
 */
public final class SqlAccess implements AutoCloseable {
    private static final int IDLE = 2;
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final MssqlSpec spec;
    private final TargetSpec target;
    private final Secrets secrets;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private boolean closed;

    /** Connections to an instance; none is opened yet. */
    public SqlAccess(MssqlSpec spec, TargetSpec target, Secrets secrets) {
        this.spec = spec;
        this.target = target;
        this.secrets = secrets;
    }

    /** Work on a connection. */
    @FunctionalInterface
    public interface Work<T> {
        /** Does it. */
        T on(Statement statement) throws SQLException;
    }

    /** The instance. */
    public TargetSpec target() {
        return target;
    }

    /**
     * Asks or changes something.
     *
     * @param what for messages, for example {@code reading its build}
     * @throws GdsDatabaseException with code {@code MSSQL-UNREACHABLE} (retryable), or {@code MSSQL-} and the server's own number
     */
    public <T> T call(String what, Work<T> work) {
        Connection connection = borrow(what);
        boolean sound = false;
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(Math.toIntExact(ANSWER.toSeconds()));
            T answer = work.on(statement);
            sound = true;
            return answer;
        } catch (SQLException e) {
            sound = !SqlErrors.isConnection(e) && isOpen(connection);
            throw SqlErrors.of(target.name(), what, e);
        } finally {
            giveBack(connection, sound);
        }
    }

    /**
     * Does work that may take long, such as a backup, on a connection of its own in {@code master}, so that it is in nobody's way.
     *
     * @param limit for how long an answer is waited for
     * @throws GdsDatabaseException as {@link #call}
     */
    public <T> T callAtLength(String what, Duration limit, Work<T> work) {
        return callAtLength(what, limit, Cancellation.never(), work);
    }

    /**
     * The same, and somebody may ask to stop: the connection is closed then, and the server breaks off what it does for it.
     *
     * @throws GdsDatabaseException as {@link #call}
     */
    public <T> T callAtLength(String what, Duration limit, Cancellation cancellation, Work<T> work) {
        SQLServerDataSource source = source("master");
        source.setSocketTimeout(Math.toIntExact(limit.plusSeconds(30).toMillis()));
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(Math.toIntExact(limit.toSeconds()));
            Cancellation.Registration breaker = cancellation.onCancel(() -> abort(connection));
            try {
                return work.on(statement);
            } finally {
                breaker.close();
            }
        } catch (SQLException e) {
            throw SqlErrors.of(target.name(), what, e);
        }
    }

    private static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            // It is gone already.
        }
    }

    /** Closes what is idle: a login's own database may be the one that nobody may be in now. */
    public void releaseIdle() {
        @Nullable Connection waiting = poll();
        while (waiting != null) {
            quietly(waiting);
            waiting = poll();
        }
    }

    private static boolean isOpen(Connection connection) {
        try {
            return !connection.isClosed();
        } catch (SQLException e) {
            return false;
        }
    }

    private Connection borrow(String what) {
        @Nullable Connection waiting = poll();
        while (waiting != null) {
            if (isValid(waiting)) {
                return waiting;
            }
            quietly(waiting);
            waiting = poll();
        }
        try {
            return source("").getConnection();
        } catch (SQLException e) {
            throw SqlErrors.of(target.name(), what, e);
        }
    }

    private synchronized @Nullable Connection poll() {
        return idle.poll();
    }

    private static boolean isValid(Connection connection) {
        try {
            return connection.isValid(5);
        } catch (SQLException e) {
            return false;
        }
    }

    private void giveBack(Connection connection, boolean sound) {
        synchronized (this) {
            if (sound && !closed && idle.size() < IDLE) {
                idle.push(connection);
                return;
            }
        }
        quietly(connection);
    }

    /** A source of connections to a database; the default one of the login when the name is empty. */
    public SQLServerDataSource source(String database) {
        SQLServerDataSource source = new SQLServerDataSource();
        source.setServerName(target.server());
        target.port()
                .ifPresentOrElse(source::setPortNumber, () -> target.instance().ifPresent(source::setInstanceName));
        if (!database.isEmpty()) {
            source.setDatabaseName(database);
        }
        source.setApplicationName("gds-database");
        source.setLoginTimeout(Math.toIntExact(spec.connectTimeout().toSeconds()));
        source.setSocketTimeout(Math.toIntExact(ANSWER.plusSeconds(30).toMillis()));
        source.setConnectRetryCount(0); // whether and when to try again is not the driver's to say
        login(source);
        encryption(source, spec.encryption());
        return source;
    }

    /** How a program reaches a database there, without a login and its secret. */
    public String connectionString(String database) {
        return JdbcUrl.of(target, spec.encryption(), database);
    }

    private void login(SQLServerDataSource source) {
        if (target.authentication() == Authentication.KERBEROS) {
            source.setIntegratedSecurity(true);
            source.setAuthenticationScheme("JavaKerberos");
            return;
        }
        String user = target.user().orElse("");
        if (target.authentication() == Authentication.NTLM) {
            source.setIntegratedSecurity(true);
            source.setAuthenticationScheme("NTLM");
            int slash = user.indexOf('\\');
            if (slash > 0) {
                source.setDomain(user.substring(0, slash));
                user = user.substring(slash + 1);
            }
        }
        source.setUser(user);
        target.secret().map(secrets::resolve).map(Secret::reveal).ifPresent(source::setPassword);
    }

    private void encryption(SQLServerDataSource source, EncryptionSpec encryption) {
        source.setEncrypt(encryption.mode());
        source.setTrustServerCertificate(encryption.trustAny());
        encryption.hostName().ifPresent(source::setHostNameInCertificate);
        encryption.trustStore().ifPresent(source::setTrustStore);
        encryption
                .trustStorePassword()
                .map(secrets::resolve)
                .map(Secret::reveal)
                .ifPresent(source::setTrustStorePassword);
    }

    private static void quietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // It is of no use any more, whatever it says to that.
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        idle.forEach(SqlAccess::quietly);
        idle.clear();
    }
}
