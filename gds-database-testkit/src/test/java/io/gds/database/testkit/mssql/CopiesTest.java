package io.gds.database.testkit.mssql;

import static io.gds.database.testkit.mssql.Servers.A;
import static io.gds.database.testkit.mssql.Servers.B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A backup of one server is restored by another one, from a folder of a file server that both may use. */
@Timeout(120)
class CopiesTest {
    private static final String FOLDER = "\\\\files\\clones";
    private static final String FILE = FOLDER + "\\one.gds1";
    private static final String BACKUP =
            "BACKUP DATABASE [shop] TO DISK = N'" + FILE + "' WITH COPY_ONLY, CHECKSUM, FORMAT";
    private static final String RESTORE = "RESTORE DATABASE [copy] FROM DISK = N'" + FILE
            + "' WITH RESTRICTED_USER, CHECKSUM, MOVE N'shop' TO N'D:\\Data\\c1.mdf', MOVE N'shop_log' TO N'D:\\Data\\c2.ldf'";

    private final Servers servers = new Servers(2);
    private final ServerDisk share = ServerDisk.ofFileServer();

    @BeforeEach
    void mount() {
        share.makeFolder(FOLDER);
        servers.instance(A).catalogue().disk().mount(FOLDER, share);
        servers.instance(B).catalogue().disk().mount(FOLDER + "\\", share);
        servers.instance(A)
                .database("shop", "ONLINE")
                .catalogue()
                .table("shop", "orders", 2)
                .trustworthy("shop");
    }

    @AfterEach
    void close() {
        servers.close();
    }

    private void run(String on, String... statements) throws SQLException {
        try (Connection c = servers.connect(on);
                Statement s = c.createStatement()) {
            for (String statement : statements) {
                s.execute(statement);
                while (s.getMoreResults() || s.getUpdateCount() != -1) {}
            }
        }
    }

    private int error(String on, String statement) {
        return catchThrowableOfType(SQLException.class, () -> run(on, statement))
                .getErrorCode();
    }

    @Test
    void aCopyIsOnlyForAdministratorsAndHasTheRows() throws SQLException {
        run(A, BACKUP, BACKUP); // FORMAT writes over what is there
        run(B, RESTORE);
        assertThat(servers.instance(B).catalogue().settings("copy")).isEqualTo("RESTRICTED_USER");
        assertThat(servers.instance(A).catalogue().settings("shop")).isEqualTo("MULTI_USER, trustworthy, broker");
        assertThat(servers.rows(
                        B,
                        "SELECT user_access_desc, is_trustworthy_on, is_broker_enabled FROM sys.databases"
                                + " WHERE name = 'copy'"))
                .containsExactly("RESTRICTED_USER 0 0");
        try (Connection c = servers.connect(B, "databaseName", "copy")) {
            assertThat(Servers.rows(c, "SELECT COUNT(*) FROM dbo.orders")).containsExactly("2");
        }
        assertThat(error(B, RESTORE)).isEqualTo(3154);
        assertThat(servers.refused()).isEmpty();
    }

    @Test
    void aDatabaseIsClosedAndWhoeverIsInItIsPutOut() throws SQLException {
        run(A, BACKUP);
        run(B, RESTORE);
        try (Connection guest = servers.connect(B, "databaseName", "copy")) {
            assertThat(error(B, "DROP DATABASE [copy]")).isEqualTo(3702);
            run(B, "ALTER DATABASE [copy] SET READ_ONLY WITH ROLLBACK IMMEDIATE");
            assertThat(guest.isValid(5)).isFalse();
        }
        try (Connection guest = servers.connect(B, "databaseName", "copy");
                Statement s = guest.createStatement()) {
            SQLException e =
                    catchThrowableOfType(SQLException.class, () -> s.execute("INSERT INTO dbo.orders (id) VALUES (3)"));
            assertThat(e.getErrorCode()).isEqualTo(3906);
        }
        run(B, "ALTER DATABASE [copy] SET SINGLE_USER WITH ROLLBACK IMMEDIATE", "DROP DATABASE [copy]");
        assertThat(error(B, "ALTER DATABASE [copy] SET TRUSTWORTHY OFF")).isEqualTo(5011);
        servers.instance(B).database("half", "RESTORING");
        assertThat(error(B, "ALTER DATABASE [half] SET SINGLE_USER WITH ROLLBACK IMMEDIATE"))
                .isEqualTo(5052);
        run(B, "DROP DATABASE [half]");
        assertThat(servers.refused()).isEmpty();
    }

    @Test
    void backupsOfAnEndingAreRemovedAndNothingElse() throws SQLException {
        String delete = "EXEC master.dbo.xp_delete_file 0, N'" + FOLDER + "', N'gds1', N'%s', 0";
        run(A, BACKUP, BACKUP.replace("one.gds1", "two.gds1"), BACKUP.replace("one.gds1", "three.bak"));
        share.tear(FOLDER + "\\two.gds1");
        assertThat(error(B, "RESTORE HEADERONLY FROM DISK = N'" + FOLDER + "\\two.gds1'"))
                .isEqualTo(3241);
        run(B, delete.formatted("2001-01-01T00:00:00"));
        assertThat(share.paths()).hasSize(3);
        run(B, delete.formatted("2099-01-01T00:00:00"));
        assertThat(share.paths()).containsExactly(FOLDER + "\\three.bak", FOLDER + "\\two.gds1");
        assertThat(servers.refused()).isEmpty();
    }

    @Test
    void theRoomOnVolumesOfFilesAndTheRolesOfLoginsCanBeAsked() throws SQLException {
        servers.instance(A).catalogue().disk().free("D:\\", 4711);
        assertThat(servers.rows(
                        A,
                        "SELECT DISTINCT v.available_bytes FROM sys.master_files AS f"
                                + " CROSS APPLY sys.dm_os_volume_stats(f.database_id, f.file_id) AS v"))
                .containsExactly("4711");
        String role = "SELECT IS_SRVROLEMEMBER('sysadmin') AS s";
        assertThat(servers.rows(A, role)).containsExactly("1");
        servers.instance(A).catalogue().withoutRole("gds", "sysadmin");
        assertThat(servers.rows(A, role)).containsExactly("0");
        assertThat(servers.refused()).isEmpty();
    }
}
