package io.gds.samples.quickstart;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** The application: clients that insert records, reconnect when they must, and count what was acknowledged. */
final class WriteLoad implements AutoCloseable {
    private static final int CLIENTS = 2;

    private final SampleCluster cluster;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile boolean stopped;
    private long present;

    private WriteLoad(SampleCluster cluster) {
        this.cluster = cluster;
    }

    static WriteLoad start(SampleCluster cluster) {
        cluster.createLoad();
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
            try (SampleCluster.Client c = cluster.connect()) {
                while (!stopped) {
                    c.insert(client, n++);
                    acknowledged.incrementAndGet();
                    LockSupport.parkNanos(5_000_000);
                }
            } catch (RuntimeException driverSaysNo) {
                failed.incrementAndGet();
                LockSupport.parkNanos(20_000_000);
            }
        }
    }

    /** Stops the clients. */
    @Override
    public void close() {
        stopped = true;
    }

    /** Stops writing and counts what is there. */
    void count() throws InterruptedException {
        close();
        for (Thread t : threads) {
            t.join(10_000);
        }
        present = cluster.count();
    }

    /** Acknowledged records that are not there; records of unknown outcome may be there on top. */
    long lost() {
        return Math.max(0, acknowledged.get() - present);
    }

    String summary() {
        String records = cluster.records();
        return "the application wrote " + acknowledged + " " + records + ", met " + failed + " errors, and finds "
                + present + " " + records;
    }
}
