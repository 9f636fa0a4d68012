package io.gds.database.testkit.mssql;

import static io.gds.database.testkit.mssql.Servers.A;
import static io.gds.database.testkit.mssql.Servers.B;
import static io.gds.database.testkit.mssql.Servers.C;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A group while its servers are updated. */
@Timeout(120)
class GroupUpdateTest {
    private static final String FAILOVER = "ALTER AVAILABILITY GROUP [ag1] FAILOVER";
    private static final String PACKAGE = "D:\\SQLServer2022-KB5048038-x64.exe";
    private static final String CONNECTED =
            "SELECT r.replica_server_name FROM sys.dm_hadr_availability_replica_states s"
                    + " JOIN sys.availability_replicas r ON r.replica_id = s.replica_id WHERE s.connected_state = 1"
                    + " ORDER BY r.replica_server_name";

    private final Servers servers = new Servers(3);
    private final AvailabilityGroup group = Servers.three(servers).create();

    @AfterEach
    void close() {
        servers.close();
    }

    /** Runs the setup of an update, for nine minutes. */
    private void update(String server, String version) {
        UpdatePackage.at(servers.host(server), PACKAGE, version, List.of(servers.installed(server)));
        servers.host(server)
                .run(
                        PACKAGE + " /quiet /IAcceptSQLServerLicenseTerms /Action=Patch /AllInstances",
                        "Administrator",
                        Map.of());
        servers.pass(Duration.ofMinutes(8));
    }

    @Test
    void aSecondaryThatIsUpdatedJoinsWhenItsScriptsHaveEnded() throws SQLException {
        update(B, Servers.NEW);
        assertThat(servers.instance(B).version()).isEqualTo(Servers.NEW);
        assertThat(servers.loginError(B)).isEqualTo(18401);
        assertThat(group.isReady(B)).isFalse();
        assertThat(servers.rows(A, CONNECTED)).containsExactly(A, C);
        servers.pass(Duration.ofMinutes(2));
        assertThat(servers.loginError(B)).isZero();
        assertThat(servers.rows(A, CONNECTED)).containsExactly(A, C);
        servers.pass(3);
        assertThat(servers.rows(A, CONNECTED)).containsExactly(A, B, C);
        assertThat(group.isHealthy()).isTrue();
        assertThat(group.isReady(B)).isTrue();
    }

    @Test
    void aGroupIsUpdatedOneAfterTheOther() throws SQLException {
        GroupSettings found = group.settings();
        update(C, Servers.NEW);
        servers.pass(Duration.ofMinutes(3));
        update(B, Servers.NEW);
        servers.pass(Duration.ofMinutes(3));
        servers.run(B, FAILOVER);
        servers.pass(20);
        assertThat(group.primary()).contains(B);
        assertThat(group.isHealthy()).isTrue(); // nobody has told it to mind older builds
        update(A, Servers.NEW);
        servers.pass(Duration.ofMinutes(3));
        assertThat(group.isHealthy()).isTrue();
        assertThat(group.primary()).contains(B);
        assertThat(group.settings()).isEqualTo(found);
        assertThat(group.events(GroupEvent.PrimaryLost.class)).isEmpty();
    }

    @Test
    void theUpdateOfAPrimaryMovesItWhenNobodyHasSwitchedThatOff() {
        update(A, Servers.NEW);
        servers.pass(Duration.ofMinutes(3));
        assertThat(group.primary()).contains(B);
        assertThat(group.events(GroupEvent.PrimaryChanged.class))
                .extracting(GroupEvent.PrimaryChanged::cause)
                .containsExactly(GroupEvent.Cause.AUTOMATIC);
        assertThat(group.role(A)).isEqualTo(ReplicaRole.SECONDARY);
    }

    @Test
    void aNewerBuildMaySuspendWhatItShouldSendToOlderOnesUntilTheyAreUpdatedAndResumed() throws SQLException {
        group.faults().newerPrimarySuspendsOlder(true);
        update(B, Servers.NEW);
        servers.pass(Duration.ofMinutes(3));
        assertThat(group.isHealthy()).isTrue(); // an older primary sends to a newer secondary
        servers.run(B, FAILOVER);
        servers.pass(20);
        assertThat(group.synchronization(A, "shop")).isEqualTo(SynchronizationState.NOT_SYNCHRONIZING);
        assertThat(group.synchronization(C, "crm")).isEqualTo(SynchronizationState.NOT_SYNCHRONIZING);
        servers.run(A, "ALTER DATABASE [shop] SET HADR RESUME");
        servers.pass(5);
        assertThat(group.synchronization(A, "shop")).isEqualTo(SynchronizationState.NOT_SYNCHRONIZING);
        assertThat(servers.rows(A, "SELECT DISTINCT suspend_reason_desc FROM sys.dm_hadr_database_replica_states"))
                .containsExactly("SUSPEND_FROM_REDO");
        update(A, Servers.NEW);
        servers.pass(Duration.ofMinutes(3));
        assertThat(group.synchronization(A, "shop")).isEqualTo(SynchronizationState.NOT_SYNCHRONIZING);
        servers.run(A, "ALTER DATABASE [shop] SET HADR RESUME");
        servers.pass(5);
        assertThat(group.synchronization(A, "shop")).isEqualTo(SynchronizationState.SYNCHRONIZED);
    }

    @Test
    void afterAnotherMajorThereIsNoWayBack() throws SQLException {
        servers.run(
                A,
                "ALTER AVAILABILITY GROUP [ag1] MODIFY REPLICA ON N'SQL02' WITH (SECONDARY_ROLE (ALLOW_CONNECTIONS = ALL))");
        servers.installed(B).replace("17.0.1000.7");
        servers.pass(Duration.ofMinutes(3));
        assertThat(group.isHealthy()).isTrue();
        assertThat(servers.loginError(B, "databaseName", "shop")).isEqualTo(976); // not readable before the failover
        servers.run(B, FAILOVER);
        servers.pass(20);
        assertThat(group.primary()).contains(B);
        assertThat(group.role(A)).isEqualTo(ReplicaRole.RESOLVING);
        assertThat(group.synchronization(A, "shop")).isEqualTo(SynchronizationState.NOT_SYNCHRONIZING);
        assertThat(servers.rows(
                        B,
                        "SELECT s.role_desc, s.connected_state_desc, s.last_connect_error_number FROM"
                                + " sys.dm_hadr_availability_replica_states s JOIN sys.availability_replicas r"
                                + " ON r.replica_id = s.replica_id WHERE r.replica_server_name = 'SQL01'"))
                .containsExactly("RESOLVING DISCONNECTED 41071");
        assertThat(servers.error(A, FAILOVER)).isEqualTo(41191);
        assertThat(servers.error(A, "ALTER AVAILABILITY GROUP [ag1] FORCE_FAILOVER_ALLOW_DATA_LOSS"))
                .isEqualTo(41191);
        servers.installed(A).replace("17.0.1000.7");
        servers.pass(Duration.ofMinutes(3));
        assertThat(group.synchronization(A, "shop")).isEqualTo(SynchronizationState.SYNCHRONIZED);
    }
}
