package io.gds.engine.mssql.internal.metrics;

import java.util.List;

/**
 * Which counters are read. They are the same in 2016 to 2025.
 *
 * <p>Source: SQL Server performance objects (General Statistics, SQL Statistics, Buffer Manager, Memory Manager, Locks, Databases, Access
 * Methods).
 */
final class CounterCatalogue {
    private static final String GENERAL = "General Statistics";
    private static final String SQL = "SQL Statistics";
    private static final String BUFFER = "Buffer Manager";
    private static final String MEMORY = "Memory Manager";
    private static final String LOCKS = "Locks";
    private static final String DATABASES = "Databases";
    private static final String DATABASE = "database";

    static final List<Figure> FIGURES = List.of(
            Figure.now(GENERAL, "User Connections", "connections.current", Figure.COUNT),
            Figure.sinceStart(GENERAL, "Logins/sec", "logins"),
            Figure.sinceStart(GENERAL, "Logouts/sec", "logouts"),
            Figure.now(GENERAL, "Processes blocked", "sessions.blocked", Figure.COUNT),
            Figure.now(GENERAL, "Transactions", "transactions.active", Figure.COUNT),
            Figure.sinceStart(SQL, "Batch Requests/sec", "batches"),
            Figure.sinceStart(SQL, "SQL Compilations/sec", "compilations"),
            Figure.sinceStart(SQL, "SQL Re-Compilations/sec", "recompilations"),
            Figure.ratio(BUFFER, "Buffer cache hit ratio", "cache.hit_ratio"),
            Figure.now(BUFFER, "Page life expectancy", "cache.page_life", "seconds"),
            Figure.sinceStart(BUFFER, "Page reads/sec", "pages.read"),
            Figure.sinceStart(BUFFER, "Page writes/sec", "pages.written"),
            Figure.sinceStart(BUFFER, "Checkpoint pages/sec", "pages.checkpoint"),
            Figure.sinceStart(BUFFER, "Lazy writes/sec", "pages.lazy"),
            Figure.kilobytes(MEMORY, "Total Server Memory (KB)", "memory.total"),
            Figure.kilobytes(MEMORY, "Target Server Memory (KB)", "memory.target"),
            Figure.now(MEMORY, "Memory Grants Pending", "memory.grants.pending", Figure.COUNT),
            Figure.sinceStart(LOCKS, "Lock Waits/sec", "locks.waits"),
            Figure.sinceStart(LOCKS, "Lock Timeouts/sec", "locks.timeouts"),
            Figure.sinceStart(LOCKS, "Number of Deadlocks/sec", "deadlocks"),
            Figure.sinceStart("Access Methods", "Full Scans/sec", "scans.full"),
            Figure.sinceStart(DATABASES, "Transactions/sec", "transactions").of(DATABASE),
            Figure.sinceStart(DATABASES, "Log Flushes/sec", "log.flushes").of(DATABASE),
            Figure.kilobytes(DATABASES, "Data File(s) Size (KB)", "data.size").of(DATABASE),
            Figure.kilobytes(DATABASES, "Log File(s) Size (KB)", "log.size").of(DATABASE),
            Figure.kilobytes(DATABASES, "Log File(s) Used Size (KB)", "log.used")
                    .of(DATABASE),
            Figure.now(DATABASES, "Active Transactions", "transactions.open", Figure.COUNT)
                    .of(DATABASE));

    private CounterCatalogue() {}
}
