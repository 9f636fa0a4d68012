package io.gds.database.testkit.mssql;

import static io.gds.database.testkit.mssql.Servers.A;
import static io.gds.database.testkit.mssql.Servers.B;
import static io.gds.database.testkit.mssql.Servers.C;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.testkit.windows.HostService;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two groups of a distributed one: how the log gets from the one to the other, and what the views say of it. */
@Timeout(120)
class DistributedModelTest {
    private static final String D = "SQL04";
    private static final String E = "SQL05";
    private static final String PACKAGE = "D:\\packages\\SQLServer2022-KB5048038-x64.exe";
    private static final String LINK = "SELECT g.name, r.replica_server_name, s.is_local, s.role_desc,"
            + " s.connected_state_desc, s.synchronization_health_desc FROM sys.availability_groups g"
            + " JOIN sys.availability_replicas r ON r.group_id = g.group_id"
            + " JOIN sys.dm_hadr_availability_replica_states s ON s.replica_id = r.replica_id"
            + " WHERE g.is_distributed = 1 ORDER BY r.replica_server_name";
    private static final String DATABASES = "SELECT r.replica_server_name, d.name, s.synchronization_state_desc,"
            + " s.is_suspended, s.suspend_reason_desc FROM sys.databases d"
            + " JOIN sys.dm_hadr_database_replica_states s ON s.database_id = d.database_id"
            + " JOIN sys.availability_groups g ON g.group_id = s.group_id"
            + " JOIN sys.availability_replicas r ON r.replica_id = s.replica_id"
            + " WHERE g.is_distributed = 1 ORDER BY d.name";

    private final Servers servers = new Servers(5);
    private final AvailabilityGroup first = AvailabilityGroup.builder("ag1")
            .replica(servers.instance(A), ReplicaSettings.automatic())
            .replica(servers.instance(B), ReplicaSettings.automatic())
            .databases("shop", "crm")
            .listener("ag1-sql", 1433)
            .create();
    private final AvailabilityGroup second = AvailabilityGroup.builder("ag2")
            .replica(servers.instance(C), ReplicaSettings.automatic().with(SecondaryConnections.ALL))
            .replica(servers.instance(D), ReplicaSettings.automatic())
            .replica(servers.instance(E), ReplicaSettings.asynchronous())
            .listener("ag2-sql", 1433)
            .forwards("dag", first, AvailabilityMode.ASYNCHRONOUS_COMMIT)
            .create();
    private final DistributedGroup dag = second.distributed().orElseThrow();

    @BeforeEach
    void table() throws SQLException {
        try (Connection shop = servers.in(A, "shop")) {
            Servers.execute(shop, "CREATE TABLE [dbo].[t] (id bigint NOT NULL PRIMARY KEY)");
        }
    }

    @AfterEach
    void close() {
        assertThat(servers.refused()).isEmpty();
        servers.close();
    }

    private void insert(String server, int n) throws SQLException {
        try (Connection shop = servers.in(server, "shop")) {
            Servers.execute(shop, "INSERT INTO [dbo].[t] (id) VALUES (" + n + ")");
        }
    }

    private void update(String server, String version) {
        UpdatePackage.at(servers.host(server), PACKAGE, version, List.of(servers.installed(server)));
        servers.host(server)
                .run(
                        PACKAGE + " /quiet /IAcceptSQLServerLicenseTerms /Action=Patch /AllInstances",
                        "Administrator",
                        Map.of());
        servers.pass(Duration.ofMinutes(12));
    }

    @Test
    void theForwarderGetsTheLogAndShipsItToItsSecondaries() throws SQLException {
        insert(A, 1);
        servers.pass(1);
        for (String server : List.of(C, D, E)) {
            assertThat(second.present(server, "shop", "t")).as(server).containsExactly(1L);
        }
        assertThat(second.synchronization(C, "shop")).isEqualTo(SynchronizationState.SYNCHRONIZING);
        assertThat(second.synchronization(D, "shop")).isEqualTo(SynchronizationState.SYNCHRONIZED);
        assertThat(second.isHealthy()).isTrue();
        assertThat(dag.isInStep()).isTrue();
        assertThat(first.databases()).isEqualTo(second.databases());
    }

    @Test
    void nobodyWritesToTheForwarder() throws SQLException {
        servers.pass(5);
        try (Connection shop = servers.in(C, "shop")) {
            assertThat(Servers.error(shop, "INSERT INTO [dbo].[t] (id) VALUES (1)"))
                    .isEqualTo(3906);
            assertThat(Servers.rows(shop, "SELECT id FROM [dbo].[t]")).isEmpty();
        }
        assertThat(second.acknowledged("shop", "t")).isEmpty();
    }

    @Test
    void onlyThePrimariesOfBothGroupsShowIt() throws SQLException {
        assertThat(servers.rows(A, LINK))
                .containsExactly("dag ag1 1 PRIMARY CONNECTED HEALTHY", "dag ag2 0 SECONDARY CONNECTED HEALTHY");
        assertThat(servers.rows(C, LINK)).containsExactly("dag ag2 1 SECONDARY CONNECTED HEALTHY");
        assertThat(servers.rows(B, LINK)).isEmpty();
        assertThat(servers.rows(D, LINK)).isEmpty();
        for (String server : List.of(A, C)) {
            assertThat(servers.rows(server, DATABASES))
                    .containsExactly("ag2 crm SYNCHRONIZING 0 null", "ag2 shop SYNCHRONIZING 0 null");
            assertThat(servers.rows(
                            server,
                            "SELECT replica_server_name, endpoint_url, availability_mode_desc FROM"
                                    + " sys.availability_replicas WHERE failover_mode = 1 AND"
                                    + " replica_server_name LIKE N'ag%' ORDER BY replica_server_name"))
                    .containsExactly(
                            "ag1 TCP://ag1-sql:5022 ASYNCHRONOUS_COMMIT", "ag2 TCP://ag2-sql:5022 ASYNCHRONOUS_COMMIT");
        }
    }

    @Test
    void afterAFailoverOnEitherSideTheLinkFindsWhoeverLeads() throws SQLException {
        servers.run(D, "ALTER AVAILABILITY GROUP [ag2] FAILOVER");
        servers.pass(4);
        assertThat(dag.isConnected()).isFalse();
        assertThat(dag.synchronization("shop")).isEqualTo(SynchronizationState.NOT_SYNCHRONIZING);
        insert(A, 1);
        servers.pass(5);
        assertThat(dag.forwarder()).contains(D);
        assertThat(dag.missing(D, "shop", "t")).isEmpty();
        servers.run(B, "ALTER AVAILABILITY GROUP [ag1] FAILOVER");
        servers.pass(20);
        insert(B, 2);
        servers.pass(5);
        assertThat(dag.globalPrimary()).contains(B);
        for (String server : List.of(C, D, E)) {
            assertThat(dag.missing(server, "shop", "t")).as(server).isEmpty();
        }
        assertThat(first.acknowledged("shop", "t")).containsExactly(1L, 2L);
        assertThat(dag.isInStep()).isTrue();
        assertThat(second.isHealthy()).isTrue();
    }

    @Test
    void aForwarderThatRestartsCatchesUpAndNobodyWaitsForIt() throws SQLException {
        second.faults().refuses(D, 41142, 1); // no failover by hand either
        HostService service = servers.service(C);
        servers.run(C, "ALTER AVAILABILITY GROUP [ag2] MODIFY REPLICA ON N'SQL03' WITH (FAILOVER_MODE = MANUAL)");
        service.stop();
        servers.pass(Duration.ofMinutes(1));
        assertThat(dag.isConnected()).isFalse();
        insert(A, 1);
        assertThat(first.events(GroupEvent.CommitBlocked.class)).isEmpty();
        assertThat(servers.rows(A, LINK))
                .containsExactly("dag ag1 1 PRIMARY CONNECTED HEALTHY", "dag ag2 0 null DISCONNECTED NOT_HEALTHY");
        service.start();
        servers.pass(Duration.ofMinutes(3));
        assertThat(dag.forwarder()).contains(C);
        assertThat(dag.isInStep()).isTrue();
        assertThat(dag.missing(E, "shop", "t")).isEmpty();
    }

    @Test
    void aLinkThatIsSuspendedMovesAgainByResumeOnTheForwarder() throws SQLException {
        dag.suspend("shop", SuspendReason.PARTNER);
        insert(A, 1);
        servers.pass(5);
        assertThat(dag.missing(C, "shop", "t")).containsExactly(1L);
        for (String server : List.of(A, C)) {
            assertThat(servers.rows(server, DATABASES))
                    .containsExactly(
                            "ag2 crm SYNCHRONIZING 0 null", "ag2 shop NOT SYNCHRONIZING 1 SUSPEND_FROM_PARTNER");
        }
        servers.run(C, "ALTER DATABASE [shop] SET HADR RESUME");
        servers.pass(5);
        assertThat(dag.isInStep()).isTrue();
        servers.run(C, "ALTER DATABASE [shop] SET HADR SUSPEND");
        assertThat(servers.rows(A, DATABASES))
                .containsExactly("ag2 crm SYNCHRONIZING 0 null", "ag2 shop NOT SYNCHRONIZING 1 SUSPEND_FROM_USER");
    }

    @Test
    void whoeverBecomesForwarderMayHaveToBeResumed() throws SQLException {
        dag.suspendsNewForwarders(SuspendReason.REDO);
        servers.run(D, "ALTER AVAILABILITY GROUP [ag2] FAILOVER");
        servers.pass(20);
        assertThat(dag.isConnected()).isTrue();
        assertThat(dag.isInStep()).isFalse();
        servers.run(D, "ALTER DATABASE [shop] SET HADR RESUME");
        servers.run(D, "ALTER DATABASE [crm] SET HADR RESUME");
        servers.pass(5);
        assertThat(dag.isInStep()).isTrue();
    }

    @Test
    void aLinkThatLagsOrBreaksCatchesUpAfterwards() throws SQLException {
        dag.lags(true);
        insert(A, 1);
        servers.pass(5);
        assertThat(dag.isConnected()).isTrue();
        assertThat(dag.synchronization("shop")).isEqualTo(SynchronizationState.SYNCHRONIZING);
        assertThat(dag.isInStep()).isFalse();
        dag.lags(false).breaks(true);
        assertThat(dag.isConnected()).isFalse();
        servers.pass(5);
        assertThat(Servers.error(servers.connect(C), "ALTER DATABASE [shop] SET HADR RESUME"))
                .isEqualTo(35250);
        dag.breaks(false);
        servers.pass(5);
        assertThat(dag.isInStep()).isTrue();
        assertThat(dag.missing(D, "shop", "t")).isEmpty();
    }

    @Test
    void anOlderForwarderMayBeSuspendedUntilItIsUpdatedAndResumed() throws SQLException {
        first.faults().newerPrimarySuspendsOlder(true);
        update(B, Servers.NEW);
        servers.run(B, "ALTER AVAILABILITY GROUP [ag1] FAILOVER");
        servers.pass(20);
        assertThat(dag.isConnected()).isTrue();
        assertThat(servers.rows(C, DATABASES))
                .containsExactly(
                        "ag2 crm NOT SYNCHRONIZING 1 SUSPEND_FROM_REDO",
                        "ag2 shop NOT SYNCHRONIZING 1 SUSPEND_FROM_REDO");
        servers.run(C, "ALTER DATABASE [shop] SET HADR RESUME");
        assertThat(dag.synchronization("shop")).isEqualTo(SynchronizationState.NOT_SYNCHRONIZING);
    }

    @Test
    void aForwarderOfALowerMajorGetsNothing() throws SQLException {
        servers.service(B).stop();
        servers.installed(B).replace("17.0.1000.7");
        servers.service(B).start();
        servers.pass(Duration.ofMinutes(3));
        servers.run(B, "ALTER AVAILABILITY GROUP [ag1] FAILOVER");
        servers.pass(Duration.ofMinutes(1));
        assertThat(first.primary()).contains(B);
        insert(B, 1);
        servers.pass(5);
        assertThat(dag.isConnected()).isFalse();
        assertThat(dag.missing(C, "shop", "t")).containsExactly(1L);
    }

    @Test
    void aSynchronousForwarderBecomesSynchronized() throws SQLException {
        try (Servers others = new Servers(4)) {
            AvailabilityGroup one = AvailabilityGroup.builder("one")
                    .replica(others.instance(A), ReplicaSettings.automatic())
                    .replica(others.instance(B), ReplicaSettings.automatic())
                    .databases("shop")
                    .create();
            AvailabilityGroup two = AvailabilityGroup.builder("two")
                    .replica(others.instance(C), ReplicaSettings.automatic())
                    .replica(others.instance(D), ReplicaSettings.automatic())
                    .forwards("dag", one, AvailabilityMode.SYNCHRONOUS_COMMIT)
                    .create();
            DistributedGroup both = one.distributed().orElseThrow();
            others.pass(5);
            assertThat(both.synchronization("shop")).isEqualTo(SynchronizationState.SYNCHRONIZED);
            both.lags(true);
            assertThat(both.synchronization("shop")).isEqualTo(SynchronizationState.SYNCHRONIZING);
            assertThat(two.isHealthy()).isTrue();
            assertThatThrownBy(() -> AvailabilityGroup.builder("three")
                            .replica(others.instance(B), ReplicaSettings.automatic())
                            .replica(others.instance(D), ReplicaSettings.automatic())
                            .forwards("other", one, AvailabilityMode.ASYNCHRONOUS_COMMIT)
                            .create())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("one is in a distributed group already");
        }
    }
}
