package io.gds.engine.postgres.faults;

import io.gds.samples.embedded.EmbeddedCluster;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** An application that knows nothing of the library: it inserts rows and remembers which of them were acknowledged. */
final class WriteLoad implements AutoCloseable {
    private static final int CLIENTS = 2;
    private static final long PER_CLIENT = 1_000_000_000L;
    private static final AtomicLong CLIENT = new AtomicLong();

    private final EmbeddedCluster cluster;
    private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    private WriteLoad(EmbeddedCluster cluster) {
        this.cluster = cluster;
    }

    static WriteLoad start(EmbeddedCluster cluster) throws SQLException {
        try (Connection c = cluster.connectApplication();
                Statement s = c.createStatement()) {
            s.execute("CREATE TABLE IF NOT EXISTS load (id bigint, note text)");
            s.execute("TRUNCATE load");
        }
        WriteLoad load = new WriteLoad(cluster);
        for (int i = 0; i < CLIENTS; i++) {
            long first = CLIENT.incrementAndGet() * PER_CLIENT;
            Thread t = new Thread(() -> load.write(first), "load-" + i);
            t.setDaemon(true);
            load.threads.add(t);
            t.start();
        }
        return load;
    }

    private void write(long first) {
        Properties p = new Properties();
        p.setProperty("user", cluster.applicationUser());
        p.setProperty("password", cluster.applicationPassword());
        p.setProperty("connectTimeout", "5");
        p.setProperty("socketTimeout", "20");
        long id = first;
        while (!stopped) {
            try (Connection c = DriverManager.getConnection(cluster.applicationUrl(), p);
                    PreparedStatement insert = c.prepareStatement("INSERT INTO load VALUES (?, repeat('x', 100))")) {
                while (!stopped) {
                    insert.setLong(1, id++);
                    insert.executeUpdate();
                    acknowledged.add(id - 1);
                    LockSupport.parkNanos(10_000_000);
                }
            } catch (SQLException e) {
                LockSupport.parkNanos(20_000_000); // an application would try again, and so do we
            }
        }
    }

    /** Waits for another acknowledged write: the cluster is writable. */
    void awaitProgress() throws Exception {
        int before = acknowledged.size();
        Until.holds("another acknowledged write", Duration.ofSeconds(10), () -> acknowledged.size() > before);
    }

    /** Stops, and names the acknowledged rows that are not in the table exactly once. */
    Set<Long> wrong() throws SQLException, InterruptedException {
        close();
        for (Thread t : threads) {
            t.join(30_000);
        }
        Set<Long> missing = new TreeSet<>(acknowledged);
        Set<Long> doubled = new HashSet<>();
        try (Connection c = cluster.connect();
                Statement s = c.createStatement();
                ResultSet rs = s.executeQuery("SELECT id, count(*) FROM load GROUP BY id")) {
            while (rs.next()) {
                missing.remove(rs.getLong(1));
                if (rs.getLong(2) > 1) {
                    doubled.add(rs.getLong(1));
                }
            }
        }
        missing.addAll(doubled);
        return missing;
    }

    long count() {
        return acknowledged.size();
    }

    @Override
    public void close() {
        stopped = true;
    }
}
