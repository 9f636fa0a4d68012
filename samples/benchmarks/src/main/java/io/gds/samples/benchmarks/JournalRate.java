package io.gds.samples.benchmarks;

import io.gds.database.core.internal.journal.Draft;
import io.gds.database.core.internal.journal.Holder;
import io.gds.database.core.internal.journal.Lease;
import io.gds.database.core.internal.journal.SqliteJournal;
import io.gds.database.plan.Params;
import io.gds.database.plan.Plan;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunId;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.sqlite.SQLiteConfig;

/**
 * Journalled transitions per second: one STEP event, one durable commit, with the check that the lease still stands;
 * against bare inserts into a table of the same shape with the same pragmas.
 */
final class JournalRate {
    private static final double REQUIRED = 0.7;
    private static final int COMMITS = 400;
    private static final int SLICE = 20;

    List<Figure> measure(int repetitions) throws IOException, SQLException {
        Samples ours = new Samples("journal ours, transitions/s");
        Samples bare = new Samples("journal bare SQLite, commits/s");
        Path dir = Bed.directory("journal");
        Plan plan = RealPlan.make();
        RunId run = RunId.of("benchmark");
        try (SqliteJournal journal = new SqliteJournal(dir.resolve("runs.db"));
                Connection c = bare(dir.resolve("bare.db"));
                PreparedStatement insert = c.prepareStatement(
                        "INSERT INTO events(run, seq, epoch, at, type, step, data) VALUES (?,?,?,?,?,?,?)")) {
            journal.create(run, plan, List.of("benchmark"), List.of(draft(RunEvent.Type.RUN_CREATED)));
            Lease lease = journal.take(run, Holder.current(), Duration.ofMinutes(10), Instant.now());
            long seq = 1;
            for (int i = -1; i < repetitions; i++) {
                long oursNanos = 0;
                long bareNanos = 0;
                // in thin slices: the disk is shared, and both must meet the same weather
                for (int slice = 0; slice < COMMITS / SLICE; slice++) {
                    long a = System.nanoTime();
                    for (int k = 0; k < SLICE; k++) {
                        journal.append(lease, seq + k, List.of(draft(RunEvent.Type.STEP_APPLIED)));
                    }
                    long b = System.nanoTime();
                    for (int k = 0; k < SLICE; k++) {
                        insert(insert, seq + k);
                    }
                    oursNanos += b - a;
                    bareNanos += System.nanoTime() - b;
                    seq += SLICE;
                }
                if (i >= 0) { // the first round only warms up
                    ours.add(COMMITS / (oursNanos / 1e9));
                    bare.add(COMMITS / (bareNanos / 1e9));
                }
            }
        }
        ours.print(bare);
        return List.of(Figure.atLeast("journal", "/s", ours, bare, REQUIRED));
    }

    private static Draft draft(RunEvent.Type type) {
        return new Draft(type, "n2-start", payload(), Instant.now());
    }

    private static Params payload() {
        return Params.of("facts", Params.of("version", "17.11", "primary", "n1", "replayed", "0/3000148"));
    }

    private static void insert(PreparedStatement insert, long seq) throws SQLException {
        insert.setString(1, "benchmark");
        insert.setLong(2, seq);
        insert.setLong(3, 1);
        insert.setLong(4, System.currentTimeMillis());
        insert.setString(5, "STEP_APPLIED");
        insert.setString(6, "n2-start");
        insert.setString(7, payload().toJson());
        insert.executeUpdate();
    }

    private static Connection bare(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        Connection c = DriverManager.getConnection("jdbc:sqlite:" + file, config.toProperties());
        try (Statement s = c.createStatement()) {
            s.execute(
                    "CREATE TABLE events (run TEXT NOT NULL, seq INTEGER NOT NULL, epoch INTEGER NOT NULL, at INTEGER NOT"
                            + " NULL, type TEXT NOT NULL, step TEXT, data TEXT NOT NULL, PRIMARY KEY (run, seq)) WITHOUT ROWID");
        }
        return c;
    }
}
