package io.gds.database.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.core.Journal;
import io.gds.database.core.RollingPatcher;
import io.gds.database.core.internal.journal.Draft;
import io.gds.database.core.internal.journal.Holder;
import io.gds.database.core.internal.journal.JournalStore;
import io.gds.database.core.internal.journal.Lease;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import io.gds.database.plan.Plan;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunId;
import io.gds.database.run.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal's file itself. */
class JournalFileTest {
    private static final Instant NOW = Instant.parse("2024-05-07T12:00:00Z");

    @TempDir
    Path dir;

    private static void refused(Path file, String code) {
        assertThatThrownBy(() -> Journal.sqlite(file).close())
                .isInstanceOfSatisfying(
                        GdsDatabaseException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void aNewerSchemaIsRefused() throws SQLException {
        Path file = dir.resolve("runs.db");
        Journal.sqlite(file).close();
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement s = c.createStatement()) {
            s.execute("PRAGMA user_version=99");
        }
        refused(file, "GDS-JOURNAL-NEWER");
    }

    @Test
    void aFileThatOthersMayReadIsRefused() throws IOException {
        Path file = dir.resolve("runs.db");
        Journal.sqlite(file).close();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        refused(file, "GDS-JOURNAL-MODE");
    }

    @Test
    void everyFileOfTheJournalIsPrivate() throws IOException {
        Path file = dir.resolve("runs.db");
        SettableClock clock = new SettableClock();
        try (Simulation world = Simulation.onSqlite(clock, FakeCluster.of("orders", 2, "1.0", clock), file)) {
            new Play(world, new Stories.Plain(f -> {}), List.of(), Duration.ZERO).toTheEnd();
            try (var files = Files.list(dir)) {
                assertThat(files.toList()).hasSizeGreaterThan(1).allSatisfy(f -> assertThat(
                                PosixFilePermissions.toString(Files.getPosixFilePermissions(f)))
                        .as(f.toString())
                        .isEqualTo("rw-------"));
            }
        }
    }

    @Test
    void tenThousandWaitingRunsAreListedFromTheFile() throws SQLException {
        SettableClock clock = new SettableClock();
        Plan plan;
        try (Bench b = new Bench(2)) {
            plan = b.plan(Stories.to11());
        }
        try (Journal journal = Journal.sqlite(dir.resolve("runs.db"));
                RollingPatcher patcher =
                        RollingPatcher.builder(journal).clock(clock).build()) {
            JournalStore store = Core.seams().store(journal);
            RunId run = RunId.of("w");
            store.create(
                    run, plan, List.of(), List.of(new Draft(RunEvent.Type.RUN_CREATED, null, Params.empty(), NOW)));
            Lease lease = store.take(run, new Holder("h", "host/boot", 1, 1), Duration.ofSeconds(30), NOW);
            store.park(lease, Params.empty(), NOW);
            copy(dir.resolve("runs.db"), 9_999);
            assertThat(patcher.runs().list(RunStatus.WAITING)).hasSize(10_000);
            assertThat(store.due(NOW.plusSeconds(99), Integer.MAX_VALUE)).hasSize(100);
        }
    }

    private static void copy(Path file, int times) throws SQLException {
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement s = c.createStatement()) {
            s.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + times + ")"
                    + " INSERT INTO runs(id, kind, title, cluster, plan_hash, status, created_at, due_at, wait, epoch)"
                    + " SELECT 'w' || i, kind, title, cluster, plan_hash, status, created_at, due_at + 1000 * i, wait, epoch"
                    + " FROM runs, n");
        }
    }

    @Test
    void eventsCannotBeChangedOrRemoved() throws SQLException {
        Path file = dir.resolve("runs.db");
        SettableClock clock = new SettableClock();
        try (Simulation world = Simulation.onSqlite(clock, FakeCluster.of("orders", 2, "1.0", clock), file)) {
            new Play(world, new Stories.Plain(f -> {}), List.of(), Duration.ZERO).toTheEnd();
        }
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement s = c.createStatement()) {
            assertThatThrownBy(() -> s.execute("UPDATE events SET data='{}'")).hasMessageContaining("append-only");
            assertThatThrownBy(() -> s.execute("DELETE FROM events")).hasMessageContaining("append-only");
        }
    }
}
