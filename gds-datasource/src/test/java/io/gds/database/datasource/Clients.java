package io.gds.database.datasource;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/** Clients that read and write, know of nothing and never try a transaction again. */
final class Clients implements AutoCloseable {
    private final DataSource source;
    private final List<Thread> threads = new ArrayList<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong committed = new AtomicLong();
    private final AtomicLong longestNanos = new AtomicLong();
    private volatile boolean stopped;

    private Clients(DataSource source) {
        this.source = source;
    }

    static Clients start(DataSource source, int count) throws SQLException {
        try (Connection c = source.getConnection();
                Statement s = c.createStatement()) {
            s.execute("CREATE TABLE IF NOT EXISTS accounts (client int PRIMARY KEY, written bigint NOT NULL)");
            s.execute("CREATE TABLE IF NOT EXISTS ledger (client int, seq bigint, PRIMARY KEY (client, seq))");
        }
        Clients clients = new Clients(source);
        for (int i = 0; i < count; i++) {
            int client = i;
            Thread t = new Thread(() -> clients.work(client), "client-" + i);
            clients.threads.add(t);
            t.start();
        }
        return clients;
    }

    private void work(int client) {
        while (!stopped) {
            long begun = System.nanoTime();
            try {
                transaction(client);
                committed.incrementAndGet();
            } catch (SQLException e) {
                failures.add(e.getSQLState() + " " + e.getMessage());
            }
            longestNanos.accumulateAndGet(System.nanoTime() - begun, Math::max);
            LockSupport.parkNanos(500_000);
        }
    }

    private void transaction(int client) throws SQLException {
        try (Connection c = source.getConnection()) {
            c.setAutoCommit(false);
            try (PreparedStatement count = c.prepareStatement(
                            "INSERT INTO accounts VALUES (?, 1) ON CONFLICT (client) DO UPDATE SET written = accounts.written"
                                    + " + 1 RETURNING written");
                    PreparedStatement write = c.prepareStatement("INSERT INTO ledger VALUES (?, ?)")) {
                count.setInt(1, client);
                long seq;
                try (ResultSet row = count.executeQuery()) {
                    row.next();
                    seq = row.getLong(1);
                }
                write.setInt(1, client);
                write.setLong(2, seq);
                write.executeUpdate();
                c.commit();
            } catch (SQLException e) {
                rollback(c, e);
                throw e;
            }
        }
    }

    private static void rollback(Connection c, SQLException why) {
        try {
            c.rollback();
        } catch (SQLException e) {
            why.addSuppressed(e);
        }
    }

    void awaitCommits(long more) throws Exception {
        long wanted = committed.get() + more;
        Until.holds(more + " more commits", () -> committed.get() >= wanted);
    }

    long committed() {
        return committed.get();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    /** How long the slowest transaction took from its check-out on, since this was asked last. */
    Duration longest() {
        return Duration.ofNanos(longestNanos.getAndSet(0));
    }

    /** Lets everybody finish; idempotent. */
    void stop() throws Exception {
        stopped = true;
        Until.holds("all clients have ended", () -> threads.stream().noneMatch(Thread::isAlive));
    }

    @Override
    public void close() {
        stopped = true;
    }
}
