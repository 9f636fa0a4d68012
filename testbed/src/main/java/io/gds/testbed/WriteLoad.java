package io.gds.testbed;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Clients that write, with a pause between their transactions and without any retry of their own: each transaction updates and reads a row of pgbench's
 * and adds a row to a ledger, and what fails is counted and not tried again. Thread-safe.
 */
public final class WriteLoad implements AutoCloseable {
    /** Where a client's connections come from. */
    @FunctionalInterface
    private interface Source {
        Connection connect() throws SQLException;
    }

    private static final long AFTER_REFUSAL = Duration.ofMillis(20).toNanos();

    private final Bed bed;
    private final Source source;
    private final boolean keepConnection;
    private final long pacing;
    private final WriteLedger ledger;
    private final ExecutorService threads;
    private final List<Future<?>> clients = new ArrayList<>();
    private volatile boolean stopping;

    private WriteLoad(Bed bed, Source source, boolean keepConnection, int count, Duration pacing) {
        this.bed = bed;
        this.source = source;
        this.keepConnection = keepConnection;
        this.pacing = pacing.toNanos();
        this.ledger = WriteLedger.create(bed);
        this.threads = Executors.newFixedThreadPool(count, r -> {
            Thread t = new Thread(r, "write-load");
            t.setDaemon(true);
            return t;
        });
        for (int i = 0; i < count; i++) {
            int client = i;
            clients.add(threads.submit((Callable<@Nullable Void>) () -> {
                run(client);
                return null;
            }));
        }
    }

    /** Clients that keep a connection of their own until it breaks, as a program without a pool would. */
    public static WriteLoad through(Bed bed, String url, int clients, Duration pacing) {
        return new WriteLoad(bed, () -> bed.sql().connectAsApp(url), true, clients, pacing);
    }

    /** Clients that take a connection from the pool for each transaction. */
    public static WriteLoad through(Bed bed, DataSource pool, int clients, Duration pacing) {
        return new WriteLoad(bed, pool::getConnection, false, clients, pacing);
    }

    /** Returns when this many more transactions have been committed: proof that the load runs, or runs again. */
    public WriteLoad awaitCommits(int more, Duration within) {
        long goal = ledger.committed() + more;
        Eventually.holds(within, goal + " commits", () -> ledger.committed() >= goal);
        return this;
    }

    /** Ends the clients and compares what they were told with what is in the database of the leader. */
    public WriteLoadResult stop() {
        end();
        return ledger.judge(bed);
    }

    /** Ends the clients, if they were not stopped. */
    @Override
    public void close() {
        end();
    }

    private void end() {
        stopping = true;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(2, TimeUnit.MINUTES)) {
                threads.shutdownNow();
                throw new AssertionError("a client of the write load hangs in a transaction since two minutes");
            }
            for (Future<?> c : clients) {
                c.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while the write load ended", e);
        } catch (ExecutionException e) {
            throw new AssertionError("a client of the write load died", e);
        }
        ledger.ended();
    }

    private void run(int client) throws SQLException {
        Connection kept = null;
        for (long seq = 0; !stopping; seq++) {
            long began = System.nanoTime();
            Connection c = kept;
            if (c == null) {
                try {
                    c = source.connect();
                    c.setAutoCommit(false);
                } catch (SQLException e) {
                    ledger.refused(e);
                    LockSupport.parkNanos(AFTER_REFUSAL);
                    continue;
                }
            }
            boolean fine = transaction(c, client, seq, began);
            if (keepConnection && fine) {
                kept = c;
            } else {
                kept = null;
                close(c);
            }
            LockSupport.parkNanos(pacing);
        }
        if (kept != null) {
            close(kept);
        }
    }

    private boolean transaction(Connection c, int client, long seq, long began) {
        try {
            write(c, client, seq);
        } catch (SQLException e) {
            ledger.failed(client, seq, e);
            return false;
        }
        try {
            c.commit();
        } catch (SQLException e) {
            ledger.inDoubt(client, seq, e);
            return false;
        }
        ledger.committed(client, seq, began);
        return true;
    }

    private void write(Connection c, int client, long seq) throws SQLException {
        int account = 1 + (int) ((seq * 31 + client) % 100_000);
        try (PreparedStatement s =
                c.prepareStatement("update pgbench_accounts set abalance = abalance + 1 where aid = ?")) {
            s.setInt(1, account);
            s.executeUpdate();
        }
        try (PreparedStatement s = c.prepareStatement("select abalance from pgbench_accounts where aid = ?")) {
            s.setInt(1, account);
            s.executeQuery().close();
        }
        ledger.insert(c, client, seq);
    }

    private static void close(Connection c) {
        try {
            c.close();
        } catch (SQLException broken) {
            // It was broken before; that has been counted.
        }
    }
}
