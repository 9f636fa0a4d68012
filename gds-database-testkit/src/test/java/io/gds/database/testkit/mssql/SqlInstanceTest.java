package io.gds.database.testkit.mssql;

import static io.gds.database.testkit.mssql.Servers.A;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An instance that stands by itself. */
@Timeout(120)
class SqlInstanceTest {
    private final Servers servers = new Servers(1);
    private final SqlInstance instance = servers.instance(A);

    @AfterEach
    void close() {
        servers.close();
    }

    @Test
    void whatItIsCanBeAsked() throws SQLException {
        instance.database("shop", "ONLINE").database("old", "RECOVERY_PENDING").hadrEnabled(true);
        assertThat(servers.rows(A, "SELECT name, state, state_desc FROM sys.databases ORDER BY name"))
                .containsExactly(
                        "master 0 ONLINE",
                        "model 0 ONLINE",
                        "msdb 0 ONLINE",
                        "old 3 RECOVERY_PENDING",
                        "shop 0 ONLINE",
                        "tempdb 0 ONLINE");
        assertThat(servers.rows(
                        A,
                        "SELECT CAST(SERVERPROPERTY('ProductVersion') AS nvarchar(128)) AS v,"
                                + " CAST(SERVERPROPERTY('IsHadrEnabled') AS int) AS h,"
                                + " CAST(SERVERPROPERTY('NotThere') AS nvarchar(128)) AS n"))
                .containsExactly(Servers.OLD + " 1 null");
        assertThat(servers.loginError(A, "databaseName", "old")).isEqualTo(4060);
        assertThat(servers.loginError(A, "databaseName", "shop")).isZero();
        assertThat(servers.loginError(A, "password", "wrong")).isEqualTo(18456);
        assertThat(servers.refused()).isEmpty();
    }

    @Test
    void whatTheDriverDoesByItselfWorks() throws SQLException {
        try (Connection connection = servers.connect(A, "lockTimeout", "5000")) {
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            connection.setAutoCommit(false);
            assertThat(Servers.rows(connection, "SELECT 1 AS one")).containsExactly("1");
            connection.commit();
            connection.rollback();
            connection.setAutoCommit(true);
            assertThat(connection.isValid(5)).isTrue();
        }
        assertThat(servers.refused()).isEmpty();
    }

    @Test
    void whatTheModelDoesNotKnowIsLoudAndRemembered() throws SQLException {
        assertThat(servers.error(A, "SET SHOWPLAN_ALL ON")).isEqualTo(102);
        assertThat(servers.error(A, "SELECT * FROM sys.dm_nothing")).isEqualTo(208);
        assertThat(servers.error(A, "INSERT INTO t (id) VALUES (1)")).isEqualTo(102);
        try (Connection connection = servers.connect(A);
                CallableStatement call = connection.prepareCall("{call sp_nothing(?)}")) {
            call.setString(1, "master");
            assertThatThrownBy(call::execute).isInstanceOf(SQLException.class);
        }
        assertThat(servers.refused()).hasSize(4).last().asString().contains("sp_nothing");
    }

    @Test
    void queriesGetTheirParametersWhereTheyNameThem() throws SQLException {
        try (Connection connection = servers.connect(A);
                PreparedStatement select = connection.prepareStatement(
                        "SELECT name FROM sys.databases WHERE name <> ? AND database_id < ? ORDER BY name")) {
            select.setString(1, "tempdb");
            select.setInt(2, 4);
            try (ResultSet r = select.executeQuery()) {
                assertThat(r.next()).isTrue();
                assertThat(r.getString(1)).isEqualTo("master");
                assertThat(r.next()).isTrue();
                assertThat(r.getString(1)).isEqualTo("model");
                assertThat(r.next()).isFalse();
            }
        }
        assertThat(servers.refused()).isEmpty();
    }

    @Test
    void itIsAdministeredWhereTheDriverIs() throws SQLException {
        try (Connection connection = servers.connect(A)) {
            Servers.execute(connection, "CREATE DATABASE [new]");
            Servers.execute(connection, "USE [new]");
            assertThat(Servers.rows(
                            connection,
                            "SELECT d.name FROM sys.dm_exec_sessions s JOIN sys.databases d"
                                    + " ON d.database_id = s.database_id WHERE s.session_id = @@SPID"))
                    .containsExactly("new");
            assertThat(servers.error(A, "DROP DATABASE [new]")).isEqualTo(3702);
            Servers.execute(connection, "USE [master]");
            assertThat(servers.error(A, "DROP DATABASE [new]")).isZero();
        }
        assertThat(servers.error(A, "USE [new]")).isEqualTo(4060);
        assertThat(servers.refused()).isEmpty();
    }

    @Test
    void itIsReachableWhileItsServiceRunsAndItsScriptsDoNot() {
        instance.scriptsTake(Duration.ofMinutes(1));
        servers.service(A).die();
        assertThatThrownBy(() -> servers.connect(A)).hasMessageContaining("refused");
        servers.service(A).start();
        assertThat(servers.loginError(A)).isZero();
        servers.installed(A).replace(Servers.NEW);
        assertThat(servers.loginError(A)).isEqualTo(18401);
        servers.pass(60);
        assertThat(servers.loginError(A)).isZero();
        assertThat(instance.version()).isEqualTo(Servers.NEW);
    }
}
