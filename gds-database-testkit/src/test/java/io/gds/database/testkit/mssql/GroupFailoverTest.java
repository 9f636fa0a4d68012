package io.gds.database.testkit.mssql;

import static io.gds.database.testkit.mssql.Servers.A;
import static io.gds.database.testkit.mssql.Servers.B;
import static io.gds.database.testkit.mssql.Servers.C;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How replicas change their roles. */
@Timeout(120)
class GroupFailoverTest {
    private static final String FAILOVER = "ALTER AVAILABILITY GROUP [ag1] FAILOVER";
    private static final String FORCED = "ALTER AVAILABILITY GROUP [ag1] FORCE_FAILOVER_ALLOW_DATA_LOSS";
    private static final String TABLE = "CREATE TABLE [dbo].[t] (id bigint PRIMARY KEY)";

    private final Servers servers = new Servers(3);

    @AfterEach
    void close() {
        servers.close();
    }

    private static String insert(int n) {
        return "INSERT INTO [dbo].[t] (id) VALUES (" + n + ")";
    }

    private void write(String server, int n) throws SQLException {
        try (Connection shop = servers.in(server, "shop")) {
            Servers.execute(shop, insert(n));
        }
    }

    private void table() throws SQLException {
        try (Connection shop = servers.in(A, "shop")) {
            Servers.execute(shop, TABLE);
            Servers.execute(shop, insert(1));
        }
    }

    @Test
    void aPlannedFailoverIsAcceptedFirstAndThenTakesItsTime() throws SQLException {
        AvailabilityGroup group = Servers.three(servers).create();
        table();
        Instant asked = servers.timer.now();
        servers.run(B, FAILOVER);
        assertThat(group.primary()).isEmpty();
        assertThat(group.role(A)).isEqualTo(ReplicaRole.RESOLVING);
        assertThat(servers.rows(
                        B, "SELECT role_desc, operational_state_desc FROM sys.dm_hadr_availability_replica_states"))
                .containsExactly("RESOLVING PENDING_FAILOVER");
        assertThat(servers.loginError(A, "databaseName", "shop")).isEqualTo(983);
        assertThat(servers.error(B, FAILOVER)).isEqualTo(41113);
        servers.pass(3);
        assertThat(group.primary()).contains(B);
        assertThat(servers.loginError(B, "databaseName", "shop")).isEqualTo(922);
        assertThat(servers.rows(
                        B,
                        "SELECT DISTINCT database_state_desc FROM sys.dm_hadr_database_replica_states"
                                + " WHERE is_local = 1"))
                .containsExactly("RECOVERING");
        servers.pass(1);
        assertThat(servers.loginError(B, "databaseName", "shop")).isZero();
        assertThat(group.role(A)).isEqualTo(ReplicaRole.SECONDARY);
        assertThat(group.isReady(A)).isFalse();
        servers.pass(1);
        assertThat(group.synchronization(A, "shop")).isEqualTo(SynchronizationState.SYNCHRONIZING);
        servers.pass(1);
        assertThat(group.synchronization(A, "shop")).isEqualTo(SynchronizationState.SYNCHRONIZED);
        assertThat(group.isHealthy()).isTrue();
        write(B, 2);
        assertThat(group.present(A, "shop", "t")).containsExactly(1L, 2L);
        assertThat(group.events(GroupEvent.FailoverAsked.class))
                .containsExactly(
                        new GroupEvent.FailoverAsked(asked, "dba", B, false, true, 0),
                        new GroupEvent.FailoverAsked(asked, "dba", B, false, true, 41113));
        assertThat(group.events(GroupEvent.PrimaryChanged.class))
                .containsExactly(new GroupEvent.PrimaryChanged(asked.plusSeconds(3), A, B, GroupEvent.Cause.PLANNED));
    }

    @Test
    void aFailoverEndsTheConnectionsToTheGroupsDatabasesAndNoOthers() throws SQLException {
        Servers.three(servers).create();
        table();
        try (Connection shop = servers.in(A, "shop");
                Connection master = servers.connect(A)) {
            servers.run(B, FAILOVER);
            assertThatThrownBy(() -> Servers.execute(shop, insert(2))).isInstanceOf(SQLException.class);
            assertThat(shop.isClosed()).isTrue();
            assertThat(Servers.rows(master, "SELECT role_desc FROM sys.dm_hadr_availability_replica_states"))
                    .containsExactly("RESOLVING");
        }
    }

    @Test
    void onlyAReplicaThatIsReadyTakesOver() throws SQLException {
        AvailabilityGroup group = Servers.three(servers).create();
        assertThat(servers.error(A, FAILOVER)).isEqualTo(41122);
        assertThat(servers.error(C, FAILOVER)).isEqualTo(41142);
        group.faults().neverCatchesUp(B, "crm", true);
        assertThat(servers.error(B, FAILOVER)).isEqualTo(41142);
        assertThat(group.primary()).contains(A);
        assertThat(group.events(GroupEvent.FailoverAsked.class))
                .extracting(GroupEvent.FailoverAsked::refusedBy)
                .containsExactly(41122, 41142, 41142);
    }

    @Test
    void forceMayLoseWhatAClientWasToldIsCommitted() throws SQLException {
        AvailabilityGroup group = Servers.three(servers).create();
        group.faults().rates(C, 0.5, 0.5);
        table();
        write(A, 2);
        assertThat(group.present(C, "shop", "t")).isEmpty();
        servers.run(C, FORCED);
        servers.pass(10);
        assertThat(group.primary()).contains(C);
        assertThat(group.acknowledged("shop", "t")).containsExactly(1L, 2L);
        assertThat(group.lost("shop", "t")).isEqualTo(List.of(1L, 2L));
        assertThat(group.synchronization(B, "shop")).isEqualTo(SynchronizationState.NOT_SYNCHRONIZING);
        assertThat(
                        servers.rows(
                                A,
                                "SELECT DISTINCT suspend_reason_desc FROM sys.dm_hadr_database_replica_states WHERE is_local = 1"))
                .containsExactly("SUSPEND_FROM_PARTNER");
        assertThat(group.present(A, "shop", "t")).containsExactly(1L, 2L);

        servers.run(A, "ALTER DATABASE [shop] SET HADR RESUME");
        assertThat(group.present(A, "shop", "t")).isEmpty();
    }

    @Test
    void forceToAReplicaThatMissesNothingSuspendsNothing() throws SQLException {
        AvailabilityGroup group = Servers.three(servers).create();
        table();
        servers.run(B, FORCED);
        servers.pass(10);
        assertThat(group.primary()).contains(B);
        assertThat(group.lost("shop", "t")).isEmpty();
        assertThat(group.isHealthy()).isTrue();
    }

    @Test
    void theClusterFailsOverWhenThePrimaryStaysAway() throws SQLException {
        AvailabilityGroup group = Servers.three(servers).create();
        table();
        Instant died = servers.timer.now();
        servers.service(A).die();
        assertThat(group.primary()).isEmpty();
        assertThat(group.role(B)).isEqualTo(ReplicaRole.RESOLVING);
        assertThat(servers.rows(
                        B, "SELECT name FROM sys.databases WHERE state_desc = 'RECOVERY_PENDING' ORDER BY name"))
                .containsExactly("crm", "shop");
        servers.pass(12);
        assertThat(group.primary()).isEmpty();
        servers.pass(1);
        assertThat(group.primary()).contains(B);
        assertThat(group.events(GroupEvent.PrimaryChanged.class))
                .containsExactly(new GroupEvent.PrimaryChanged(died.plusSeconds(13), A, B, GroupEvent.Cause.AUTOMATIC));
        servers.pass(1);
        write(B, 2);
        servers.service(A).start();
        servers.pass(10);
        assertThat(group.role(A)).isEqualTo(ReplicaRole.SECONDARY);
        assertThat(group.isHealthy()).isTrue();
        assertThat(group.present(A, "shop", "t")).containsExactly(1L, 2L);
    }

    @Test
    void aPrimaryThatIsBackSoonIsPrimaryAgain() throws SQLException {
        AvailabilityGroup group = Servers.three(servers).create();
        table();
        servers.host(A).restartTakes(Duration.ofSeconds(8)).restart();
        servers.pass(30);
        assertThat(group.primary()).contains(A);
        assertThat(group.events(GroupEvent.PrimaryChanged.class))
                .extracting(GroupEvent.PrimaryChanged::cause)
                .containsExactly(GroupEvent.Cause.RETURNED);
        assertThat(group.isHealthy()).isTrue();
        assertThat(group.lost("shop", "t")).isEmpty();
    }

    @Test
    void withoutAutomaticFailoverNobodyIsPrimaryUntilItIsBackOrSomebodySaysSo() throws SQLException {
        AvailabilityGroup group = Servers.three(servers).create();
        servers.run(A, "ALTER AVAILABILITY GROUP [ag1] MODIFY REPLICA ON N'SQL02' WITH (FAILOVER_MODE = MANUAL)");
        table();
        servers.service(A).die();
        servers.pass(Duration.ofMinutes(10));
        assertThat(group.primary()).isEmpty();
        assertThat(servers.rows(
                        B,
                        "SELECT role_desc, operational_state_desc, connected_state_desc, last_connect_error_number"
                                + " FROM sys.dm_hadr_availability_replica_states"))
                .containsExactly("RESOLVING OFFLINE DISCONNECTED 35206");
        assertThat(servers.rows(
                        B, "SELECT DISTINCT is_failover_ready FROM sys.dm_hadr_database_replica_cluster_states"))
                .containsExactly("1");
        assertThat(servers.error(C, FAILOVER)).isEqualTo(41142);
        servers.run(B, FAILOVER);
        servers.pass(10);
        assertThat(group.primary()).contains(B);
        assertThat(group.lost("shop", "t")).isEmpty();
    }

    @Test
    void aSecondaryThatIsRestartedCatchesUp() throws SQLException {
        AvailabilityGroup group = Servers.three(servers).create();
        table();
        servers.host(B).restart();
        assertThat(group.synchronization(B, "shop")).isEqualTo(SynchronizationState.NOT_SYNCHRONIZING);
        assertThat(servers.rows(
                        A,
                        "SELECT s.role_desc, s.connected_state_desc, s.synchronization_health_desc FROM"
                                + " sys.dm_hadr_availability_replica_states s JOIN sys.availability_replicas r"
                                + " ON r.replica_id = s.replica_id WHERE r.replica_server_name = 'SQL02'"))
                .containsExactly("RESOLVING DISCONNECTED NOT_HEALTHY");
        write(A, 2);
        assertThat(group.present(B, "shop", "t")).containsExactly(1L);
        servers.pass(Duration.ofMinutes(2));
        assertThat(group.synchronization(B, "shop")).isEqualTo(SynchronizationState.NOT_SYNCHRONIZING);
        servers.pass(3);
        assertThat(group.synchronization(B, "shop")).isEqualTo(SynchronizationState.SYNCHRONIZED);
        assertThat(group.present(B, "shop", "t")).containsExactly(1L, 2L);
        assertThat(group.events(GroupEvent.CommitBlocked.class)).isEmpty();
        servers.host(C).restart();
        servers.pass(Duration.ofMinutes(3));
        assertThat(group.isHealthy()).isTrue();
    }

    @Test
    void aGroupWithoutAClusterIsFailedOverByTheReferencesSteps() throws SQLException {
        AvailabilityGroup group = AvailabilityGroup.builder("ag1")
                .replica(servers.instance(A), ReplicaSettings.synchronous())
                .replica(servers.instance(B), ReplicaSettings.asynchronous())
                .databases("shop")
                .clusterType(ClusterType.NONE)
                .create();
        GroupSettings found = group.settings();
        table();
        assertThat(servers.error(B, FAILOVER)).isEqualTo(47122);
        assertThat(servers.error(
                        A,
                        "ALTER AVAILABILITY GROUP [ag1] MODIFY REPLICA ON N'SQL01' WITH (FAILOVER_MODE = AUTOMATIC)"))
                .isEqualTo(47101);
        String mode = "ALTER AVAILABILITY GROUP [ag1] MODIFY REPLICA ON N'%s' WITH (AVAILABILITY_MODE = %s)";
        servers.run(A, String.format(mode, B, "SYNCHRONOUS_COMMIT"));
        servers.pass(1);
        assertThat(group.isReady(B)).isTrue();
        servers.run(A, "ALTER AVAILABILITY GROUP [ag1] SET (REQUIRED_SYNCHRONIZED_SECONDARIES_TO_COMMIT = 1)");
        write(A, 2);
        servers.run(A, "ALTER AVAILABILITY GROUP [ag1] SET (ROLE = SECONDARY)");
        assertThat(group.role(A)).isEqualTo(ReplicaRole.SECONDARY);
        assertThat(group.primary()).isEmpty();
        assertThat(servers.loginError(A, "databaseName", "shop")).isEqualTo(976);
        servers.run(B, FORCED);
        servers.pass(10);
        assertThat(group.primary()).contains(B);
        assertThat(group.lost("shop", "t")).isEmpty();
        assertThat(group.synchronization(A, "shop")).isEqualTo(SynchronizationState.NOT_SYNCHRONIZING);
        servers.run(A, "ALTER DATABASE [shop] SET HADR RESUME");
        servers.pass(1);
        assertThat(group.synchronization(A, "shop")).isEqualTo(SynchronizationState.SYNCHRONIZED);
        servers.run(B, "ALTER AVAILABILITY GROUP [ag1] SET (REQUIRED_SYNCHRONIZED_SECONDARIES_TO_COMMIT = 0)");
        servers.run(B, String.format(mode, B, "ASYNCHRONOUS_COMMIT"));
        assertThat(group.settings()).isEqualTo(found);
        assertThat(servers.rows(B, "SELECT cluster_name FROM sys.dm_hadr_cluster"))
                .isEmpty();
    }

    @Test
    void withoutAClusterSecondariesStaySecondariesWhenThePrimaryIsGone() throws SQLException {
        AvailabilityGroup group = AvailabilityGroup.builder("ag1")
                .replica(servers.instance(A), ReplicaSettings.synchronous())
                .replica(servers.instance(B), ReplicaSettings.synchronous().with(SecondaryConnections.ALL))
                .databases("shop")
                .clusterType(ClusterType.NONE)
                .create();
        table();
        servers.service(A).die();
        servers.pass(60);
        assertThat(group.role(B)).isEqualTo(ReplicaRole.SECONDARY);
        try (Connection shop = servers.in(B, "shop")) {
            assertThat(Servers.rows(shop, "SELECT id FROM dbo.t")).containsExactly("1");
        }
        servers.service(A).start();
        servers.pass(10);
        assertThat(group.primary()).contains(A);
        assertThat(group.isHealthy()).isTrue();
    }

    @Test
    void anExternalClusterIsNotFailedOverByStatements() throws SQLException {
        FailoverMode external = FailoverMode.EXTERNAL;
        AvailabilityGroup group = AvailabilityGroup.builder("ag1")
                .replica(servers.instance(A), ReplicaSettings.synchronous().with(external))
                .replica(servers.instance(B), ReplicaSettings.synchronous().with(external))
                .replica(servers.instance(C), ReplicaSettings.configurationOnly())
                .databases("shop")
                .clusterType(ClusterType.EXTERNAL)
                .create();
        assertThat(servers.error(B, FAILOVER)).isEqualTo(47104);
        assertThat(servers.error(A, "ALTER AVAILABILITY GROUP [ag1] SET (ROLE = SECONDARY)"))
                .isEqualTo(47104);
        assertThat(servers.error(
                        A, "ALTER AVAILABILITY GROUP [ag1] MODIFY REPLICA ON N'SQL02' WITH (FAILOVER_MODE = MANUAL)"))
                .isEqualTo(47102);
        assertThat(servers.error(
                        A,
                        "ALTER AVAILABILITY GROUP [ag1] MODIFY REPLICA ON N'SQL03' WITH (AVAILABILITY_MODE ="
                                + " SYNCHRONOUS_COMMIT)"))
                .isEqualTo(47112);
        String byCluster = "EXEC sp_set_session_context @key = N'external_cluster', @value = N'yes'; ";
        assertThat(servers.error(C, byCluster + FAILOVER)).isEqualTo(47109);
        servers.run(B, byCluster + FAILOVER);
        servers.pass(10);
        assertThat(group.primary()).contains(B);
        assertThat(servers.rows(C, "SELECT database_id FROM sys.dm_hadr_database_replica_states"))
                .isEmpty();
    }
}
