package io.gds.samples.benchmarks;

import io.gds.samples.embedded.EmbeddedCluster;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The measuring client, the same for the library and the script: inserts a row every 10 ms through the address of the
 * application and keeps the longest time between two acknowledged inserts.
 */
final class GapProbe implements AutoCloseable {
    private static final long INTERVAL = 10_000_000;
    private static final long BEFORE_RETRY = 5_000_000;

    private final EmbeddedCluster cluster;
    private final Thread thread = new Thread(this::write, "benchmark-probe");
    private volatile boolean stopped;
    private final AtomicInteger acknowledged = new AtomicInteger();
    private volatile long longest;
    private volatile Instant longestEnded = Instant.EPOCH;
    private volatile Instant longestConnected = Instant.EPOCH;
    private Instant connected = Instant.EPOCH;

    private GapProbe(EmbeddedCluster cluster) {
        this.cluster = cluster;
    }

    static GapProbe start(EmbeddedCluster cluster) throws SQLException, InterruptedException {
        try (Connection c = cluster.connectApplication();
                Statement s = c.createStatement()) {
            s.execute("CREATE TABLE IF NOT EXISTS benchmark (n bigint, note text)");
        }
        GapProbe probe = new GapProbe(cluster);
        probe.thread.setDaemon(true);
        probe.thread.start();
        while (probe.acknowledged.get() < 50) {
            Thread.sleep(10);
        }
        probe.longest = 0;
        return probe;
    }

    private void write() {
        Properties login = new Properties();
        login.setProperty("user", cluster.applicationUser());
        login.setProperty("password", cluster.applicationPassword());
        login.setProperty("connectTimeout", "2");
        login.setProperty("socketTimeout", "20");
        long last = System.nanoTime();
        long n = 0;
        while (!stopped) {
            try (Connection c = DriverManager.getConnection(cluster.applicationUrl(), login);
                    PreparedStatement insert = c.prepareStatement("INSERT INTO benchmark VALUES (?, 'x')")) {
                connected = Instant.now();
                long next = System.nanoTime();
                while (!stopped) {
                    insert.setLong(1, n++);
                    insert.executeUpdate();
                    long now = System.nanoTime();
                    if (now - last > longest) {
                        longest = now - last;
                        longestEnded = Instant.now();
                        longestConnected = connected;
                    }
                    last = now;
                    acknowledged.incrementAndGet();
                    next = Math.max(next + INTERVAL, now);
                    LockSupport.parkNanos(next - now);
                }
            } catch (SQLException e) {
                LockSupport.parkNanos(BEFORE_RETRY);
            }
        }
    }

    /** Writes a little more, then says the longest gap in milliseconds. */
    double stop() throws InterruptedException {
        Thread.sleep(300);
        close();
        thread.join(30_000);
        System.out.println("  longest gap from " + longestEnded.minusNanos(longest) + " to " + longestEnded
                + ", connected at " + longestConnected);
        return Bed.millis(longest);
    }

    @Override
    public void close() {
        stopped = true;
    }
}
