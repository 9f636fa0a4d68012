package io.gds.engine.postgres.internal.pooler;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Clients that read and write in transactions, never retry, and remember what failed. */
final class Clients implements AutoCloseable {
    private final List<Thread> threads = new ArrayList<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong committed = new AtomicLong();
    private final AtomicLong longest = new AtomicLong();
    private volatile boolean stopped;

    /** Starts so many clients, each with a connection of its own. */
    Clients(int count, Callable<Connection> connect) throws Exception {
        try (Connection c = connect.call()) {
            c.createStatement().execute("CREATE TABLE IF NOT EXISTS load (id bigserial PRIMARY KEY, client int)");
        }
        for (int i = 0; i < count; i++) {
            int client = i;
            Thread t = new Thread(() -> work(client, connect), "client-" + i);
            t.setDaemon(true);
            t.start();
            threads.add(t);
        }
    }

    private void work(int client, Callable<Connection> connect) {
        try (Connection c = connect.call()) {
            c.setAutoCommit(false);
            while (!stopped) {
                transaction(c, client);
            }
        } catch (Exception e) {
            failures.add(client + " left: " + e.getMessage());
        }
    }

    private void transaction(Connection c, int client) throws SQLException {
        long begun = System.nanoTime();
        try (PreparedStatement read = c.prepareStatement("SELECT max(id) FROM load WHERE client = ?");
                PreparedStatement write = c.prepareStatement("INSERT INTO load (client) VALUES (?)")) {
            read.setInt(1, client);
            read.execute();
            write.setInt(1, client);
            write.execute();
            c.commit();
            committed.incrementAndGet();
        } catch (SQLException e) {
            failures.add(client + ": " + e.getSQLState() + " " + e.getMessage());
            c.rollback();
        }
        longest.accumulateAndGet(System.nanoTime() - begun, Math::max);
    }

    long committed() {
        return committed.get();
    }

    /** Stops, and tells what failed. */
    Queue<String> finish() throws InterruptedException {
        close();
        for (Thread t : threads) {
            t.join(30_000);
        }
        return failures;
    }

    Duration longest() {
        return Duration.ofNanos(longest.get());
    }

    @Override
    public void close() {
        stopped = true;
    }
}
