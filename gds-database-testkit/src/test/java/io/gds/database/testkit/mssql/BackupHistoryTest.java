package io.gds.database.testkit.mssql;

import static io.gds.database.testkit.mssql.Servers.A;
import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.testkit.mssql.BackupHistory.Backup;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an instance remembers of backups and checks, asked by the real driver. */
@Timeout(120)
class BackupHistoryTest {
    private static final String CHECKED =
            "SELECT name, CAST(DATABASEPROPERTYEX(name, 'LastGoodCheckDbTime') AS datetime) AS checked FROM sys.databases"
                    + " WHERE name IN ('msdb', 'shop') ORDER BY name";

    private final Servers servers = new Servers(1);
    private final SqlInstance instance = servers.instance(A).database("shop", "ONLINE");

    @AfterEach
    void close() {
        servers.close();
    }

    @Test
    void theTableHasARowForEachBackup() throws SQLException {
        Instant at = Instant.parse("2026-03-01T10:00:00Z");
        instance.catalogue()
                .backups()
                .add(Backup.full("shop", at))
                .add(Backup.full("shop", at).type("L"))
                .add(Backup.full("shop", at).asCopy().asDamaged())
                .add(Backup.full("gone", at).from("SQL99"));
        assertThat(servers.rows(
                        A,
                        "SELECT server_name, database_name, type, is_copy_only, is_damaged, DB_ID(database_name) AS id"
                                + " FROM msdb.dbo.backupset ORDER BY backup_set_id"))
                .containsExactly(
                        "SQL01 shop D 0 0 5", "SQL01 shop L 0 0 5", "SQL01 shop D 1 1 5", "SQL99 gone D 0 0 null");
        assertThat(servers.rows(A, "SELECT MAX(backup_finish_date) AS last FROM msdb.dbo.backupset"))
                .singleElement()
                .asString()
                .startsWith("2026-03-01 10:00:00");
        instance.catalogue().backups().clear();
        assertThat(servers.rows(A, "SELECT type FROM msdb.dbo.backupset")).isEmpty();
        assertThat(servers.refused()).isEmpty();
    }

    @Test
    void aBackupApartFromTheChainIsRememberedAsSuch() throws SQLException {
        instance.catalogue().disk().makeFolder("D:\\b");
        servers.run(A, "BACKUP DATABASE [shop] TO DISK = N'D:\\b\\shop.bak' WITH COPY_ONLY, CHECKSUM");
        assertThat(servers.rows(A, "SELECT database_name, type, is_copy_only FROM msdb.dbo.backupset"))
                .containsExactly("shop D 1");
    }

    @Test
    void aCheckThatFindsNothingIsRemembered() throws SQLException {
        assertThat(servers.rows(A, CHECKED))
                .allMatch(r -> r.endsWith(" 1900-01-01 00:00:00.0"))
                .hasSize(2);
        servers.run(A, "DBCC CHECKDB ([shop]) WITH NO_INFOMSGS, ALL_ERRORMSGS");
        String then = Relation.time(servers.clock.instant()).toLocalDate().toString();
        assertThat(servers.rows(A, CHECKED)).last().asString().startsWith("shop " + then);
        servers.pass(Duration.ofDays(3));
        instance.catalogue().damage("shop", "page (1:153) is torn");
        assertThat(servers.error(A, "DBCC CHECKDB ([shop]) WITH NO_INFOMSGS, ALL_ERRORMSGS"))
                .isEqualTo(8928);
        assertThat(servers.rows(A, CHECKED)).last().asString().startsWith("shop " + then);
        assertThat(servers.refused()).isEmpty();
    }

    @Test
    void ofADatabaseThatIsNotOnlineNothingIsTold() throws SQLException {
        instance.database("shop", "OFFLINE");
        assertThat(servers.rows(A, CHECKED)).last().isEqualTo("shop null");
    }

    @Test
    void olderServersDoNotTell() throws SQLException {
        try (Servers old = new Servers(1, "13.0.4001.0")) {
            assertThat(old.rows(A, CHECKED)).containsExactly("msdb null");
        }
        try (Servers secondPack = new Servers(1, "13.0.5026.0")) {
            assertThat(secondPack.rows(A, CHECKED)).containsExactly("msdb 1900-01-01 00:00:00.0");
        }
    }

    @Test
    void whatTheModelDoesNotHaveIsLoud() throws SQLException {
        assertThat(servers.error(A, "SELECT DATABASEPROPERTYEX('shop', 'Recovery') AS r"))
                .isEqualTo(102);
        assertThat(servers.error(A, "SELECT * FROM msdb.dbo.sysjobs")).isEqualTo(208);
        assertThat(servers.refused()).hasSize(2);
    }
}
