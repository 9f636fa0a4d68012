package io.gds.database.datasource;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Goes around a connection pool and parks check-outs while the primary of its cluster changes, so that no transaction fails.
 * Transactions that have begun are finished first: who announced the hold learns when every connection has come back.
 *
 * <p>A thread that uses a connection already is never parked; parking it would keep that connection from coming back. Who
 * waits with a connection in hand for another thread's check-out makes the hold wait, and its announcer gives up in time.
 *
 * <p>It belongs outside the pool. Inside, between pool and driver, it would park the making of connections and not their
 * use, and no hold would ever become quiet.
 *
 * <p>Thread-safe, for virtual threads too. Closing it ends the ways of announcement that were given to its builder; check-outs
 * go on unhindered, and the pool stays open.
 *
 * {@snippet :
 * HikariDataSource pool = new HikariDataSource(config);
 * DataSource orders = HoldingDataSource.around(pool)
 *         .onRelease(() -> pool.getHikariPoolMXBean().softEvictConnections())
 *         .announcedBy(Path.of("/run/orders/hold"))
 *         .build();
 * }
 */
public final class HoldingDataSource implements DataSource, AutoCloseable {
    private final DataSource pool;
    private final Hold hold;
    private final CheckOut checkOut;
    private final List<AutoCloseable> announcements;

    private HoldingDataSource(Builder b) {
        this.pool = b.pool;
        this.hold = b.hold == null ? Hold.create() : b.hold;
        this.checkOut = new CheckOut(hold, b.check);
        b.onRelease.forEach(hold::onRelease);
        this.announcements = List.copyOf(open(b, hold));
    }

    private static List<AutoCloseable> open(Builder b, Hold hold) {
        List<AutoCloseable> opened = new ArrayList<>();
        try {
            b.files.forEach(f -> opened.add(HoldFile.watch(f, hold)));
            b.endpoints.forEach((address, secret) -> opened.add(HoldEndpoint.start(address, secret, hold)));
            return opened;
        } catch (RuntimeException e) {
            closeAll(opened);
            throw e;
        }
    }

    /** Begins a data source around a pool. */
    public static Builder around(DataSource pool) {
        return new Builder(pool);
    }

    /** What parks the check-outs: to announce a hold from this process, or to see how one stands. */
    public Hold hold() {
        return hold;
    }

    /**
     * Checks out, after the hold if there is one.
     *
     * @throws java.sql.SQLTransientConnectionException when it was parked, or found no server that takes writes after a
     *     hold, for as long as a hold may last; or when the thread was interrupted meanwhile, whose flag is then set
     */
    @Override
    public Connection getConnection() throws SQLException {
        return checkOut.from(pool::getConnection);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return checkOut.from(() -> pool.getConnection(user, password));
    }

    @Override
    public @Nullable PrintWriter getLogWriter() throws SQLException {
        return pool.getLogWriter();
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
        pool.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        pool.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return pool.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return pool.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.isInstance(pool) ? type.cast(pool) : pool.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(pool) || pool.isWrapperFor(type);
    }

    @Override
    public void close() {
        closeAll(announcements);
    }

    private static void closeAll(List<AutoCloseable> all) {
        for (AutoCloseable each : all) {
            try {
                each.close();
            } catch (Exception e) {
                throw new IllegalStateException("closing " + each, e);
            }
        }
    }

    @Override
    public String toString() {
        return "holding " + pool;
    }

    /** Collects what a data source needs. Not thread-safe. */
    public static final class Builder {
        private final DataSource pool;
        private final List<Runnable> onRelease = new ArrayList<>();
        private final List<Path> files = new ArrayList<>();
        private final Map<InetSocketAddress, String> endpoints = new LinkedHashMap<>();
        private ConnectionCheck check = ConnectionCheck.postgres();
        private @Nullable Hold hold;

        private Builder(DataSource pool) {
            this.pool = requireNonNull(pool, "pool");
        }

        /** Shares a hold with other data sources of the same cluster; by default the data source has one of its own. */
        public Builder hold(Hold shared) {
            this.hold = requireNonNull(shared, "shared");
            return this;
        }

        /**
         * What is done when a hold ends, before any check-out goes on: HikariCP's {@code softEvictConnections} for one, since
         * what lies in the pool leads to the former primary. Called on any thread; must not block.
         */
        public Builder onRelease(Runnable action) {
            onRelease.add(requireNonNull(action, "action"));
            return this;
        }

        /** How a connection is looked at in the first minute after a hold; PostgreSQL's way unless said. */
        public Builder check(ConnectionCheck question) {
            this.check = requireNonNull(question, "question");
            return this;
        }

        /**
         * Lets holds be announced by a file, see {@link HoldFile}.
         *
         * @param file absolute, in a directory that exists; whoever may write there may hold
         */
        public Builder announcedBy(Path file) {
            files.add(requireNonNull(file, "file"));
            return this;
        }

        /**
         * Lets holds be announced by HTTP, see {@link HoldEndpoint}.
         *
         * @param address where to listen
         * @param secret what announcers must show, at least 16 characters
         */
        public Builder announcedBy(InetSocketAddress address, String secret) {
            endpoints.put(requireNonNull(address, "address"), requireNonNull(secret, "secret"));
            return this;
        }

        /**
         * Makes the data source and begins to listen.
         *
         * @throws java.io.UncheckedIOException when a file cannot be watched or an address is taken
         */
        public HoldingDataSource build() {
            return new HoldingDataSource(this);
        }
    }
}
