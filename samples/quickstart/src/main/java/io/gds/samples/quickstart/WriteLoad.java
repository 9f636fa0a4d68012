package io.gds.samples.quickstart;

import io.gds.samples.embedded.EmbeddedCluster;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The application: clients that insert rows, reconnect when they must, and count what was acknowledged. */
final class WriteLoad implements AutoCloseable {
    private static final int CLIENTS = 2;

    private final EmbeddedCluster cluster;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile boolean stopped;
    private long present;

    private WriteLoad(EmbeddedCluster cluster) {
        this.cluster = cluster;
    }

    static WriteLoad start(EmbeddedCluster cluster) throws SQLException {
        try (Connection c = cluster.connectApplication();
                Statement s = c.createStatement()) {
            s.execute("CREATE TABLE load (client int, n bigint, note text)");
        }
        WriteLoad load = new WriteLoad(cluster);
        for (int i = 0; i < CLIENTS; i++) {
            int client = i;
            Thread t = new Thread(() -> load.write(client), "load-" + i);
            t.setDaemon(true);
            load.threads.add(t);
            t.start();
        }
        return load;
    }

    private void write(int client) {
        long n = 0;
        while (!stopped) {
            try (Connection c = DriverManager.getConnection(
                            cluster.applicationUrl(), cluster.applicationUser(), cluster.applicationPassword());
                    PreparedStatement insert = c.prepareStatement("INSERT INTO load VALUES (?, ?, repeat('x', 100))")) {
                while (!stopped) {
                    insert.setInt(1, client);
                    insert.setLong(2, n++);
                    insert.executeUpdate();
                    acknowledged.incrementAndGet();
                    java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
                }
            } catch (SQLException e) {
                failed.incrementAndGet();
                java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
            }
        }
    }

    /** Stops the clients. */
    @Override
    public void close() {
        stopped = true;
    }

    /** Stops writing and counts what is there. */
    void count() throws SQLException, InterruptedException {
        close();
        for (Thread t : threads) {
            t.join(10_000);
        }
        try (Connection c = cluster.connect();
                Statement s = c.createStatement();
                ResultSet rs = s.executeQuery("SELECT count(*) FROM load")) {
            rs.next();
            present = rs.getLong(1);
        }
    }

    /** Acknowledged rows that are not there; rows of unknown outcome may be there on top. */
    long lost() {
        return Math.max(0, acknowledged.get() - present);
    }

    String summary() {
        return "the application wrote " + acknowledged + " rows, met " + failed + " errors, and finds " + present
                + " rows";
    }
}
