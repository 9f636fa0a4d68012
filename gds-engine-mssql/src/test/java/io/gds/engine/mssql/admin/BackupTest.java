package io.gds.engine.mssql.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.Database;
import io.gds.database.OperationResult;
import io.gds.database.plan.Finding;
import io.gds.database.testkit.mssql.ServerSessions;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.backup.DatabaseCheck;
import io.gds.engine.mssql.internal.sql.SqlName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class BackupTest {
    private static final Path FOLDER = Path.of("D:\\backup\\shop");
    private static final String FILE = "D:\\backup\\shop\\database.bak";

    @TempDir
    private Path directory;

    @Test
    void whatWasBackedUpIsRestoredIntoTheFilesOfTheOtherDatabase() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            server.catalogue().table("shop", "orders").table("shop", "customers");
            server.catalogue().file("shop", "shop_more", "E:\\more\\shop_more.ndf");
            OperationResult made = server.engine.database("shop").backup(FOLDER);
            assertThat(made.changed()).isTrue();
            assertThat(made.detail()).isEqualTo(FILE + ", compressed, with checksums, and read back");
            assertThat(server.catalogue().disk().isCompressed(FILE)).isTrue();

            Database copy = server.engine.database("copy");
            copy.create();
            OperationResult restored = copy.restore(FOLDER);
            assertThat(restored.detail()).contains("a backup of shop", "CHECKDB found nothing wrong");
            assertThat(server.catalogue().tables("copy")).containsExactlyInAnyOrder("orders", "customers");
            assertThat(server.catalogue().files("copy"))
                    .containsExactly("D:\\Data\\copy.mdf", "D:\\Data\\copy_log.ldf", "D:\\Data\\copy_2.ndf");
        }
    }

    @Test
    void onLinuxPathsAreThoseOfLinux() throws Exception {
        try (AdminServer server = new AdminServer(directory, AdminServer.V2022, AdminServer.ENTERPRISE, true)) {
            server.engine.database("shop").backup(Path.of("/var/opt/mssql/backup/shop/"));
            assertThat(server.catalogue().disk().paths()).containsExactly("/var/opt/mssql/backup/shop/database.bak");
            assertThatThrownBy(() -> server.engine.database("shop").backup(Path.of("D:\\backup")))
                    .hasMessageContaining("GDS-BACKUP-DIRECTORY")
                    .hasMessageContaining("/var/opt/mssql/backup/shop");
        }
    }

    @Test
    void editionsWithoutCompressionMakePlainBackups() throws Exception {
        for (String edition : new String[] {AdminServer.EXPRESS, AdminServer.WEB}) {
            Path own = Files.createDirectory(directory.resolve(edition.substring(0, 3)));
            try (AdminServer server = new AdminServer(own, AdminServer.V2022, edition, false)) {
                assertThat(server.engine.database("shop").backup(FOLDER).detail())
                        .isEqualTo(FILE + ", with checksums, and read back");
                assertThat(server.catalogue().disk().isCompressed(FILE)).isFalse();
            }
        }
    }

    @Test
    void aFolderThatHoldsAnythingIsLeftAlone() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            server.engine.database("shop").backup(FOLDER);
            assertThatThrownBy(() -> server.engine.database("model").backup(FOLDER))
                    .hasMessageContaining("GDS-BACKUP-DIRECTORY")
                    .hasMessageContaining("holds database.bak");
        }
    }

    @Test
    void aPathThatIsNoWholeOneIsRefused() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            for (String part : new String[] {"backup", "D:", "\\backup", "D:\\"}) {
                assertThatThrownBy(() -> server.engine.database("shop").backup(Path.of(part)))
                        .as(part)
                        .hasMessageContaining("GDS-BACKUP-DIRECTORY")
                        .hasMessageContaining("as the server sees it");
            }
            assertThat(server.catalogue().disk().paths()).isEmpty();
        }
    }

    @Test
    void anEncryptedDatabaseSaysWhatItsBackupNeeds() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            server.catalogue().encrypt("shop");
            assertThat(server.engine.database("shop").backup(FOLDER).detail()).contains("certificate");
        }
    }

    @Test
    void whatTheServerDoesNotBackUpIsTheServersError() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            assertThatThrownBy(() -> server.engine.database("tempdb").backup(FOLDER))
                    .hasMessageContaining("MSSQL-3147")
                    .hasMessageContaining("not allowed on database tempdb");
            assertThatThrownBy(() -> server.engine.database("nothing").backup(FOLDER))
                    .hasMessageContaining("GDS-DATABASE");
        }
    }

    @Test
    void aDatabaseWithObjectsIsNotOverwritten() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            server.engine.database("shop").backup(FOLDER);
            server.catalogue().table("shop", "orders");
            assertThatThrownBy(() -> server.engine.database("shop").restore(FOLDER))
                    .hasMessageContaining("GDS-RESTORE-NOT-EMPTY")
                    .hasMessageContaining("orders");
            assertThat(server.catalogue().tables("shop")).containsExactly("orders");
        }
    }

    @Test
    void aDamagedBackupIsFoundBeforeAnythingIsChanged() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            server.catalogue().table("shop", "orders");
            server.engine.database("shop").backup(FOLDER);
            server.catalogue().disk().damage(FILE);
            Database copy = server.engine.database("copy");
            copy.create();
            assertThatThrownBy(() -> copy.restore(FOLDER))
                    .hasMessageContaining("GDS-BACKUP-DAMAGED")
                    .hasMessageContaining("3189");
            assertThat(copy.metadata().attributes()).containsEntry("state", "ONLINE");
            assertThat(server.catalogue().tables("copy")).isEmpty();
        }
    }

    @Test
    void aFolderWithoutABackupIsSaid() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            assertThatThrownBy(() -> server.engine.database("shop").restore(FOLDER))
                    .hasMessageContaining("GDS-BACKUP-DAMAGED")
                    .hasMessageContaining("3201")
                    .hasMessageContaining(FILE);
        }
    }

    @Test
    void somebodyInTheDatabaseKeepsItFromBeingRestored() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            server.engine.database("shop").backup(FOLDER);
            server.catalogue()
                    .sessions()
                    .add(new ServerSessions.Session(
                            90, "app", "shop", LocalDateTime.now(ZoneOffset.UTC), "till", "pc1", null));
            assertThatThrownBy(() -> server.engine.database("shop").restore(FOLDER))
                    .hasMessageContaining("MSSQL-3101")
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void aBackupOfANewerServerIsRefused() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            server.catalogue().disk().madeByServer("17.0.1000.7", "D:\\from\\database.bak", "shop");
            assertThatThrownBy(() -> server.engine.database("shop").restore(Path.of("D:\\from")))
                    .hasMessageContaining("GDS-BACKUP-VERSION")
                    .hasMessageContaining("version 17");
        }
    }

    @Test
    void everythingThatCheckdbFindsIsAFinding() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            server.catalogue().damage("shop", "page (1:153) is torn").damage("shop", "page (1:154) is torn");
            DatabaseCheck check = new DatabaseCheck(((MssqlEngine) server.engine).access("127.0.0.1"));
            assertThat(check.of(new SqlName("shop")))
                    .extracting(Finding::observed)
                    .containsExactly(
                            "error 8928, page (1:153) is torn",
                            "error 8928, page (1:154) is torn",
                            "error 8990, CHECKDB found 0 allocation errors and 2 consistency errors in database 'shop'.");
            assertThat(check.of(new SqlName("master"))).isEmpty();
            assertThatThrownBy(() -> check.of(new SqlName("nothing"))).hasMessageContaining("MSSQL-911");
        }
    }

    @Test
    void whatCheckdbFindsAfterARestoreIsAnError() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            server.engine.database("shop").backup(FOLDER);
            server.catalogue().damage("shop", "Object ID 245575913, page (1:153) could not be processed.");
            assertThatThrownBy(() -> server.engine.database("shop").restore(FOLDER))
                    .hasMessageContaining("MSSQL-CHECKDB")
                    .hasMessageContaining("8928")
                    .hasMessageContaining("page (1:153)");
        }
    }
}
