package io.gds.engine.mssql.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.plan.Finding;
import io.gds.database.testkit.mssql.BackupHistory;
import io.gds.database.testkit.mssql.BackupHistory.Backup;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.backup.BackupPreFlight;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How long ago the databases of an instance were saved and checked, asked by the real driver. */
@Timeout(120)
class BackupAgesTest {
    private static final String NAME = "127.0.0.1";
    private static final String BACKUPS = "backup: {maxAge: P1D}";
    private static final String CHECKS = "backup: {checkDbMaxAge: P7D}";

    @TempDir
    private Path directory;

    private AdminServer server(String asked) throws IOException {
        return server(AdminServer.V2022, asked);
    }

    private AdminServer server(String version, String asked) throws IOException {
        return new AdminServer(directory, version, AdminServer.ENTERPRISE, false, asked);
    }

    private static List<Finding> findings(AdminServer server) {
        return new BackupPreFlight((MssqlEngine) server.engine).of(List.of(NAME));
    }

    private static Instant ago(String time) {
        return Instant.now().minus(Duration.parse(time));
    }

    /** Everything but the database shop was saved an hour ago. */
    private static BackupHistory saved(AdminServer server) {
        BackupHistory history = server.catalogue().backups();
        List.of("master", "model", "msdb").forEach(d -> history.add(Backup.full(d, ago("PT1H"))));
        return history;
    }

    /** Everything but the database shop was checked an hour ago. */
    private static AdminServer checked(AdminServer server) {
        List.of("master", "model", "msdb").forEach(d -> server.catalogue().checked(d, ago("PT1H")));
        return server;
    }

    @Test
    void nothingIsAskedWhereTheSpecDoesNot() throws IOException {
        try (AdminServer server = server("")) {
            assertThat(findings(server)).isEmpty();
        }
    }

    @Test
    void databasesThatWereNeverSavedAreNamedTempdbIsNot() throws IOException {
        try (AdminServer server = server(BACKUPS)) {
            assertThat(findings(server))
                    .containsExactly(Finding.ack(
                            "MSSQL-BACKUP-AGE",
                            NAME,
                            "databases without a full backup of late: master (never), model (never), msdb (never), shop (never)",
                            "a full backup of each, not copy-only, not older than 24 h",
                            "back them up, then plan again; or acknowledge it by name."));
        }
    }

    @Test
    void aBackupOfLateIsGood() throws IOException {
        try (AdminServer server = server(BACKUPS)) {
            saved(server).add(Backup.full("shop", ago("P9D"))).add(Backup.full("shop", ago("PT23H")));
            assertThat(findings(server)).isEmpty();
        }
    }

    @Test
    void anOldBackupIsNamedWithItsAge() throws IOException {
        try (AdminServer server = server(BACKUPS)) {
            saved(server).add(Backup.full("shop", ago("P3DT2H")));
            assertThat(findings(server)).singleElement().satisfies(f -> assertThat(f.observed())
                    .isEqualTo("databases without a full backup of late: shop (3 days)"));
        }
    }

    @Test
    void onlyAWholeSoundBackupOfThisServersOwnChainCounts() throws IOException {
        try (AdminServer server = server(BACKUPS)) {
            Backup now = Backup.full("shop", ago("PT1M"));
            saved(server)
                    .add(Backup.full("shop", ago("PT30H")))
                    .add(now.asCopy())
                    .add(now.type("I"))
                    .add(now.type("L"))
                    .add(now.asDamaged())
                    .add(now.from("SQL99"));
            assertThat(findings(server)).singleElement().satisfies(f -> assertThat(f.observed())
                    .endsWith(": shop (30 h)"));
        }
    }

    @Test
    void aBackupOfTheFutureIsNone() throws IOException {
        try (AdminServer server = server(BACKUPS)) {
            saved(server).add(Backup.full("shop", ago("PT-50H")));
            assertThat(findings(server)).singleElement().satisfies(f -> assertThat(f.observed())
                    .endsWith(": shop (in the future, by 49 h)"));
        }
    }

    @Test
    void whatCannotBeSavedHereIsNotAskedFor() throws IOException {
        try (AdminServer server = server("backup: {maxAge: P1D, checkDbMaxAge: P7D}")) {
            saved(server).add(Backup.full("shop", ago("PT1H"))).add(Backup.full("torn", ago("PT1H")));
            checked(server).catalogue().checked("shop", ago("PT1H"));
            server.instance.database("shipped", "RESTORING").database("old", "OFFLINE");
            assertThat(findings(server)).isEmpty();
            server.instance.database("torn", "SUSPECT");
            assertThat(findings(server)).singleElement().satisfies(f -> assertThat(f.observed())
                    .isEqualTo("databases that DBCC CHECKDB did not find sound of late: torn (not told)"));
        }
    }

    @Test
    void databasesThatWereNotCheckedOfLateAreNamed() throws IOException {
        try (AdminServer server = server(CHECKS)) {
            checked(server).catalogue().checked("shop", ago("P9DT1H"));
            server.instance.database("crm", "ONLINE").database("archive", "ONLINE");
            server.catalogue().readOnly("archive"); // a check leaves no trace in it
            assertThat(findings(server))
                    .containsExactly(Finding.ack(
                            "MSSQL-CHECKDB-AGE",
                            NAME,
                            "databases that DBCC CHECKDB did not find sound of late: crm (never), shop (9 days)",
                            "a check of each, not older than 7 days; servers tell of them from 2016 SP2 on",
                            "run DBCC CHECKDB on them, then plan again; or acknowledge it by name."));
            server.catalogue().checked("shop", ago("P6D")).checked("crm", ago("P1D"));
            assertThat(findings(server)).isEmpty();
        }
    }

    @Test
    void aServerThatDoesNotTellOfChecksIsNoGoodSign() throws IOException {
        try (AdminServer server = server("13.0.4259.0", CHECKS)) {
            assertThat(findings(server)).singleElement().satisfies(f -> {
                assertThat(f.id()).isEqualTo("MSSQL-CHECKDB-AGE");
                assertThat(f.observed())
                        .endsWith("master (not told), model (not told), msdb (not told), shop (not told)");
            });
        }
    }

    @Test
    void anInstanceThatFallsSilentIsAFindingAndNoFailure() throws IOException {
        try (AdminServer server = server("backup: {maxAge: P1D, checkDbMaxAge: P7D}")) {
            server.instance.server().refuse();
            server.instance.server().cutAll();
            assertThat(findings(server))
                    .extracting(Finding::id)
                    .containsExactly("MSSQL-BACKUP-AGE", "MSSQL-CHECKDB-AGE");
            assertThat(findings(server)).allSatisfy(f -> {
                assertThat(f.severity()).isEqualTo(Finding.Severity.ACK);
                assertThat(f.observed()).startsWith("it cannot be asked: ").contains("MSSQL-UNREACHABLE");
            });
        }
    }
}
