package io.gds.database.testkit.mssql;

import static io.gds.database.testkit.mssql.Servers.A;
import static io.gds.database.testkit.mssql.Servers.B;
import static io.gds.database.testkit.mssql.Servers.C;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the system views say, through the real driver. */
@Timeout(120)
class GroupViewsTest {
    private final Servers servers = new Servers(3);
    private final AvailabilityGroup group =
            Servers.three(servers).listener("ag1-sql", 1433).create();

    @AfterEach
    void close() {
        assertThat(servers.refused()).isEmpty();
        servers.close();
    }

    @Test
    void aServerInAGroupIsAdministeredAsAnyOther() throws SQLException {
        servers.instance(B).catalogue().owner("shop", "gds");
        assertThat(servers.rows(
                        B,
                        "SELECT d.name, d.state_desc, SUSER_SNAME(d.owner_sid), s.synchronization_state_desc"
                                + " FROM sys.databases d JOIN sys.dm_hadr_database_replica_states s"
                                + " ON s.group_database_id = d.group_database_id AND s.database_id = d.database_id"
                                + " WHERE s.is_local = 1 AND d.recovery_model_desc = 'FULL' ORDER BY d.name"))
                .containsExactly("crm ONLINE sa SYNCHRONIZED", "shop ONLINE gds SYNCHRONIZED");
        servers.run(B, "CREATE DATABASE [alone]");
        assertThat(servers.rows(B, "SELECT name FROM sys.databases WHERE database_id > 4 AND replica_id IS NULL"))
                .containsExactly("alone");
    }

    @Test
    void theCatalogueIsTheSameOnEveryServer() throws SQLException {
        String groups = "SELECT name, automated_backup_preference, automated_backup_preference_desc, cluster_type,"
                + " cluster_type_desc, required_synchronized_secondaries_to_commit, is_distributed, basic_features,"
                + " is_contained FROM sys.availability_groups ORDER BY name";
        String replicas =
                "SELECT r.replica_server_name, r.availability_mode, r.availability_mode_desc, r.failover_mode,"
                        + " r.failover_mode_desc, r.session_timeout, r.secondary_role_allow_connections_desc, r.backup_priority"
                        + " FROM sys.availability_replicas r JOIN sys.availability_groups g ON g.group_id = r.group_id"
                        + " WHERE g.name = N'ag1' ORDER BY r.replica_server_name";
        for (String server : List.of(A, B, C)) {
            assertThat(servers.rows(server, groups)).containsExactly("ag1 2 SECONDARY 0 wsfc 0 0 0 0");
            assertThat(servers.rows(server, replicas))
                    .containsExactly(
                            "SQL01 1 SYNCHRONOUS_COMMIT 0 AUTOMATIC 10 NO 50",
                            "SQL02 1 SYNCHRONOUS_COMMIT 0 AUTOMATIC 10 NO 50",
                            "SQL03 0 ASYNCHRONOUS_COMMIT 1 MANUAL 10 NO 50");
            assertThat(servers.rows(
                            server,
                            "SELECT database_name FROM sys.availability_databases_cluster ORDER BY database_name"))
                    .containsExactly("crm", "shop");
            assertThat(servers.rows(
                            server, "SELECT dns_name, port, is_conformant FROM [sys].[availability_group_listeners]"))
                    .containsExactly("ag1-sql 1433 1");
        }
    }

    @Test
    void thePrimarySeesTheStateOfAllAndTheOthersOnlyTheirOwn() throws SQLException {
        String states = "SELECT r.replica_server_name, s.is_local, s.role_desc, s.operational_state_desc,"
                + " s.connected_state_desc, s.recovery_health_desc, s.synchronization_health_desc"
                + " FROM sys.dm_hadr_availability_replica_states s JOIN sys.availability_replicas r"
                + " ON r.replica_id = s.replica_id ORDER BY r.replica_server_name";
        assertThat(servers.rows(A, states))
                .containsExactly(
                        "SQL01 1 PRIMARY ONLINE CONNECTED ONLINE HEALTHY",
                        "SQL02 0 SECONDARY null CONNECTED null HEALTHY",
                        "SQL03 0 SECONDARY null CONNECTED null HEALTHY");
        assertThat(servers.rows(B, states)).containsExactly("SQL02 1 SECONDARY ONLINE CONNECTED ONLINE HEALTHY");
        assertThat(servers.rows(C, states)).containsExactly("SQL03 1 SECONDARY ONLINE CONNECTED ONLINE HEALTHY");
    }

    @Test
    void databasesHaveTheirStateOnEachReplica() throws SQLException {
        String states = "SELECT r.replica_server_name, d.is_primary_replica, d.synchronization_state,"
                + " d.synchronization_state_desc, d.is_commit_participant, d.synchronization_health_desc,"
                + " d.database_state_desc, d.is_suspended, d.suspend_reason_desc, d.log_send_queue_size, d.redo_queue_size"
                + " FROM sys.dm_hadr_database_replica_states d JOIN sys.availability_replicas r"
                + " ON r.replica_id = d.replica_id JOIN sys.availability_databases_cluster c"
                + " ON c.group_database_id = d.group_database_id WHERE c.database_name = N'shop'"
                + " ORDER BY r.replica_server_name";
        assertThat(servers.rows(A, states))
                .containsExactly(
                        "SQL01 1 2 SYNCHRONIZED 1 HEALTHY ONLINE 0 null null null",
                        "SQL02 0 2 SYNCHRONIZED 1 HEALTHY ONLINE 0 null 0 0",
                        "SQL03 0 1 SYNCHRONIZING 0 HEALTHY ONLINE 0 null 0 0");
        assertThat(servers.rows(B, states)).containsExactly("SQL02 0 2 SYNCHRONIZED 1 HEALTHY ONLINE 0 null 0 0");
    }

    @Test
    void readinessIsPerDatabase() throws SQLException {
        group.faults().neverCatchesUp(B, "crm", true);
        String ready = "SELECT r.replica_server_name, c.database_name, c.is_failover_ready, c.is_database_joined,"
                + " c.is_pending_secondary_suspend FROM sys.dm_hadr_database_replica_cluster_states c"
                + " JOIN sys.dm_hadr_availability_replica_cluster_states r ON r.replica_id = c.replica_id"
                + " ORDER BY r.replica_server_name, c.database_name";
        assertThat(servers.rows(A, ready))
                .containsExactly(
                        "SQL01 crm 1 1 0",
                        "SQL01 shop 1 1 0",
                        "SQL02 crm 0 1 0",
                        "SQL02 shop 1 1 0",
                        "SQL03 crm 0 1 0",
                        "SQL03 shop 0 1 0");
        assertThat(servers.rows(B, ready)).containsExactly("SQL02 crm 0 1 0", "SQL02 shop 1 1 0");
    }

    @Test
    void theGroupAndItsClusterHaveAStateToo() throws SQLException {
        String states = "SELECT primary_replica, primary_recovery_health_desc, secondary_recovery_health_desc,"
                + " synchronization_health_desc FROM sys.dm_hadr_availability_group_states";
        assertThat(servers.rows(A, states)).containsExactly("SQL01 ONLINE null HEALTHY");
        assertThat(servers.rows(B, states)).containsExactly("SQL01 null ONLINE HEALTHY");
        assertThat(
                        servers.rows(
                                B,
                                "SELECT cluster_name, quorum_type_desc, quorum_state, quorum_state_desc FROM sys.dm_hadr_cluster"))
                .containsExactly("CLUSTER1 NODE_AND_FILE_SHARE_MAJORITY 1 NORMAL_QUORUM");
        servers.host(C).restart();
        assertThat(servers.rows(
                        A,
                        "SELECT member_name, member_state, member_state_desc, number_of_quorum_votes"
                                + " FROM sys.dm_hadr_cluster_members ORDER BY member_name"))
                .containsExactly("File Share Witness 1 UP 1", "SQL01 1 UP 1", "SQL02 1 UP 1", "SQL03 0 DOWN 1");
        assertThat(servers.rows(A, states)).containsExactly("SQL01 ONLINE null PARTIALLY_HEALTHY");
        assertThat(servers.rows(
                        A, "SELECT node_name FROM sys.dm_hadr_availability_replica_cluster_nodes ORDER BY node_name"))
                .containsExactly(A, B, C);
        assertThat(servers.rows(
                        B,
                        "SELECT replica_server_name, join_state_desc FROM sys.dm_hadr_availability_replica_cluster_states"
                                + " ORDER BY replica_server_name"))
                .hasSize(3)
                .contains("SQL03 JOINED_STANDALONE_INSTANCE");
    }

    @Test
    void theServerSaysThatItIsInGroups() throws SQLException {
        assertThat(servers.rows(
                        A,
                        "SELECT CAST(SERVERPROPERTY('IsHadrEnabled') AS int) AS a, CAST(SERVERPROPERTY('HadrManagerStatus')"
                                + " AS int) AS b, CAST(SERVERPROPERTY('ServerName') AS nvarchar(128)) AS c"))
                .containsExactly("1 1 SQL01");
        assertThat(servers.rows(
                        B,
                        "SELECT d.name, d.state, d.state_desc FROM sys.databases d JOIN sys.availability_replicas r"
                                + " ON r.replica_id = d.replica_id ORDER BY d.name"))
                .containsExactly("crm 0 ONLINE", "shop 0 ONLINE");
    }

    @Test
    void identifiersAreGuidsThatStayAndAgree() throws SQLException {
        try (Connection connection = servers.connect(A);
                Statement statement = connection.createStatement();
                ResultSet r = statement.executeQuery(
                        "SELECT group_id, name FROM sys.availability_groups" + " WHERE is_distributed = 0")) {
            assertThat(r.next()).isTrue();
            String first = r.getString("group_id");
            assertThat(UUID.fromString(first)).isNotNull();
            assertThat(r.getMetaData().getColumnTypeName(1)).isEqualTo("uniqueidentifier");
            assertThat(servers.rows(B, "SELECT group_id FROM sys.dm_hadr_database_replica_states WHERE is_local = 1"))
                    .hasSize(2)
                    .containsOnly(first);
        }
    }

    @Test
    void theLagIsAClock() throws SQLException {
        group.faults().rates(C, 100, 50);
        group.write("shop", 1000);
        String lag = "SELECT d.log_send_queue_size, d.log_send_rate, d.redo_queue_size, d.redo_rate,"
                + " CASE WHEN d.last_hardened_lsn < p.last_hardened_lsn THEN 1 ELSE 0 END AS is_behind"
                + " FROM sys.dm_hadr_database_replica_states d JOIN sys.dm_hadr_database_replica_states p"
                + " ON p.group_database_id = d.group_database_id AND p.is_primary_replica = 1"
                + " JOIN sys.availability_replicas r ON r.replica_id = d.replica_id"
                + " JOIN sys.availability_databases_cluster c ON c.group_database_id = d.group_database_id"
                + " WHERE r.replica_server_name = 'SQL03' AND c.database_name = 'shop'";
        assertThat(servers.rows(A, lag)).containsExactly("1000 100 0 50 1");
        servers.pass(4);
        assertThat(servers.rows(A, lag)).containsExactly("600 100 200 50 1");
        servers.pass(6);
        assertThat(servers.rows(A, lag)).containsExactly("0 100 500 50 0");
        servers.pass(10);
        assertThat(servers.rows(A, lag)).containsExactly("0 100 0 50 0");
    }

    @ParameterizedTest
    @EnumSource(HadrView.class)
    void everyViewIsThereWithItsColumns(HadrView view) throws SQLException {
        try (Connection connection = servers.connect(B);
                Statement statement = connection.createStatement();
                ResultSet r = statement.executeQuery("SELECT * FROM " + view.table())) {
            assertThat(r.getMetaData().getColumnCount())
                    .isEqualTo(view.columns().size());
            assertThat(r.next()).isTrue();
        }
    }

    @Test
    void aServerWithoutAGroupHasTheViewsWithoutRows() throws SQLException {
        try (Servers alone = new Servers(1)) {
            for (HadrView view : HadrView.values()) {
                assertThat(alone.rows(A, "SELECT * FROM " + view.table())).isEmpty();
            }
            assertThat(alone.rows(A, "SELECT CAST(SERVERPROPERTY('IsHadrEnabled') AS int) AS a"))
                    .containsExactly("0");
        }
    }
}
