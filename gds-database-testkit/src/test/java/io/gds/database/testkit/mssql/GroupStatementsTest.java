package io.gds.database.testkit.mssql;

import static io.gds.database.testkit.mssql.Servers.A;
import static io.gds.database.testkit.mssql.Servers.B;
import static io.gds.database.testkit.mssql.Servers.C;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which statements a group takes where, and what they set. */
@Timeout(120)
class GroupStatementsTest {
    private static final String ALTER = "ALTER AVAILABILITY GROUP [ag1] ";

    private final Servers servers = new Servers(3);
    private final AvailabilityGroup group = Servers.three(servers).create();
    private final GroupSettings found = group.settings();

    @AfterEach
    void close() {
        servers.close();
    }

    private static String modify(String replica, String option) {
        return ALTER + "MODIFY REPLICA ON N'" + replica + "' WITH (" + option + ")";
    }

    @Test
    void settingsAreChangedOnThePrimaryAndCanBeChangedBack() throws SQLException {
        servers.run(A, modify(B, "FAILOVER_MODE = MANUAL"));
        servers.run(A, modify(B, "AVAILABILITY_MODE = ASYNCHRONOUS_COMMIT"));
        servers.run(A, modify(C, "SECONDARY_ROLE (ALLOW_CONNECTIONS = READ_ONLY)"));
        servers.run(A, modify(C, "SESSION_TIMEOUT = 15"));
        servers.run(A, ALTER + "SET (REQUIRED_SYNCHRONIZED_SECONDARIES_TO_COMMIT = 1)");
        servers.run(A, ALTER + "SET (AUTOMATED_BACKUP_PREFERENCE = PRIMARY)");
        ReplicaSettings b = ReplicaSettings.asynchronous();
        ReplicaSettings c = ReplicaSettings.asynchronous()
                .with(SecondaryConnections.READ_ONLY)
                .timeout(Duration.ofSeconds(15));
        assertThat(group.settings().replicas()).containsEntry(B, b).containsEntry(C, c);
        assertThat(group.settings().requiredSynchronizedSecondaries()).isOne();
        assertThat(group.settings().backupPreference()).isEqualTo(BackupPreference.PRIMARY);
        assertThat(group.settings()).isNotEqualTo(found);
        assertThat(servers.rows(
                        B,
                        "SELECT sequence_number, required_synchronized_secondaries_to_commit,"
                                + " automated_backup_preference_desc FROM sys.availability_groups"))
                .containsExactly("7 1 PRIMARY");

        servers.run(A, modify(B, "AVAILABILITY_MODE = SYNCHRONOUS_COMMIT"));
        servers.run(A, modify(B, "FAILOVER_MODE = AUTOMATIC"));
        servers.run(A, modify(C, "SECONDARY_ROLE (ALLOW_CONNECTIONS = NO)"));
        servers.run(A, modify(C, "SESSION_TIMEOUT = 10"));
        servers.run(A, ALTER + "SET (REQUIRED_SYNCHRONIZED_SECONDARIES_TO_COMMIT = 0)");
        servers.run(A, ALTER + "SET (AUTOMATED_BACKUP_PREFERENCE = SECONDARY)");
        assertThat(group.settings()).isEqualTo(found);
        assertThat(group.events(GroupEvent.SettingChanged.class))
                .hasSize(12)
                .contains(
                        new GroupEvent.SettingChanged(servers.timer.now(), B, "FAILOVER_MODE", "AUTOMATIC", "MANUAL"));
    }

    @Test
    void aSecondaryTakesNoSettings() throws SQLException {
        assertThat(servers.error(B, modify(B, "FAILOVER_MODE = MANUAL"))).isEqualTo(41140);
        assertThat(servers.error(B, ALTER + "SET (AUTOMATED_BACKUP_PREFERENCE = PRIMARY)"))
                .isEqualTo(41140);
        assertThat(group.settings()).isEqualTo(found);
    }

    @Test
    void failoverMustBeManualBeforeCommitsNoLongerWait() throws SQLException {
        assertThat(servers.error(A, modify(B, "AVAILABILITY_MODE = ASYNCHRONOUS_COMMIT")))
                .isEqualTo(35211);
        assertThat(servers.error(A, modify(C, "FAILOVER_MODE = AUTOMATIC"))).isEqualTo(35211);
        assertThat(group.settings()).isEqualTo(found);
    }

    @Test
    void whatDoesNotFitIsRefusedByItsNumber() throws SQLException {
        assertThat(servers.error(A, modify("SQL09", "FAILOVER_MODE = MANUAL"))).isEqualTo(35210);
        assertThat(servers.error(A, modify(B, "FAILOVER_MODE = EXTERNAL"))).isEqualTo(47103);
        assertThat(servers.error(A, modify(B, "AVAILABILITY_MODE = CONFIGURATION_ONLY")))
                .isEqualTo(47113);
        assertThat(servers.error(A, modify(B, "SESSION_TIMEOUT = 4"))).isEqualTo(35214);
        assertThat(servers.error(A, "ALTER AVAILABILITY GROUP [ag9] FAILOVER")).isEqualTo(15151);
        assertThat(servers.error(A, ALTER + "SET (REQUIRED_SYNCHRONIZED_SECONDARIES_TO_COMMIT = 3)"))
                .isEqualTo(50000);
        assertThat(servers.error(A, ALTER + "SET (ROLE = SECONDARY)")).isEqualTo(47115);
        assertThat(servers.error(A, ALTER + "OFFLINE")).isEqualTo(102);
        assertThat(servers.error(A, "ALTER DATABASE [model] SET HADR SUSPEND")).isEqualTo(35242);
        assertThat(group.settings()).isEqualTo(found);
        assertThat(servers.refused()).singleElement().asString().contains("OFFLINE");
    }

    @Test
    void groupStatementsAreForTheMasterDatabaseOutsideOfTransactions() throws SQLException {
        try (Connection shop = servers.in(A, "shop")) {
            assertThat(Servers.error(shop, modify(B, "FAILOVER_MODE = MANUAL"))).isEqualTo(35208);
            Servers.execute(shop, "USE [master]");
            Servers.execute(shop, "BEGIN TRAN");
            assertThat(Servers.error(shop, modify(B, "FAILOVER_MODE = MANUAL"))).isEqualTo(226);
            Servers.execute(shop, "ROLLBACK");
            assertThat(Servers.error(shop, modify(B, "FAILOVER_MODE = MANUAL"))).isZero();
        }
    }

    @Test
    void suspendOnASecondaryStopsOnlyItsOwnData() throws SQLException {
        servers.run(B, "ALTER DATABASE [shop] SET HADR SUSPEND");
        assertThat(group.synchronization(B, "shop")).isEqualTo(SynchronizationState.NOT_SYNCHRONIZING);
        assertThat(group.synchronization(B, "crm")).isEqualTo(SynchronizationState.SYNCHRONIZED);
        assertThat(group.synchronization(C, "shop")).isEqualTo(SynchronizationState.SYNCHRONIZING);
        assertThat(group.isReady(B)).isFalse();
        assertThat(servers.rows(
                        B,
                        "SELECT is_suspended, suspend_reason, suspend_reason_desc FROM sys.dm_hadr_database_replica_states"
                                + " WHERE is_suspended = 1"))
                .containsExactly("1 0 SUSPEND_FROM_USER");

        servers.run(B, "ALTER DATABASE [shop] SET HADR RESUME");
        assertThat(group.synchronization(B, "shop")).isEqualTo(SynchronizationState.SYNCHRONIZING);
        servers.pass(1);
        assertThat(group.synchronization(B, "shop")).isEqualTo(SynchronizationState.SYNCHRONIZED);
        assertThat(group.isReady(B)).isTrue();
    }

    @Test
    void suspendOnThePrimaryStopsTheDataOfAll() throws SQLException {
        servers.run(A, "ALTER DATABASE [shop] SET HADR SUSPEND");
        assertThat(group.synchronization(B, "shop")).isEqualTo(SynchronizationState.NOT_SYNCHRONIZING);
        assertThat(group.synchronization(C, "shop")).isEqualTo(SynchronizationState.NOT_SYNCHRONIZING);
        servers.run(A, "ALTER DATABASE [shop] SET HADR RESUME");
        servers.pass(1);
        assertThat(group.isHealthy()).isTrue();
    }

    @Test
    void resumeNeedsTheConnectionToThePrimary() throws SQLException {
        servers.run(C, "ALTER DATABASE [shop] SET HADR SUSPEND");
        servers.run(A, modify(A, "FAILOVER_MODE = MANUAL"));
        servers.service(A).die();
        assertThat(servers.error(C, "ALTER DATABASE [shop] SET HADR RESUME")).isEqualTo(35239);
        servers.service(A).start();
        servers.pass(Duration.ofMillis(3500));
        assertThat(group.role(C)).isEqualTo(ReplicaRole.SECONDARY);
        assertThat(servers.error(C, "ALTER DATABASE [shop] SET HADR RESUME")).isEqualTo(35250);
        servers.pass(5);
        assertThat(servers.error(C, "ALTER DATABASE [shop] SET HADR RESUME")).isZero();
    }

    @Test
    void aReplicaBecomesSynchronizedWhenItsModeSaysSoAndItHasCaughtUp() throws SQLException {
        group.faults().rates(C, 100, 100);
        group.write("shop", 500);
        servers.run(A, modify(C, "AVAILABILITY_MODE = SYNCHRONOUS_COMMIT"));
        assertThat(group.synchronization(C, "shop")).isEqualTo(SynchronizationState.SYNCHRONIZING);
        assertThat(group.synchronization(C, "crm")).isEqualTo(SynchronizationState.SYNCHRONIZED);
        assertThat(servers.error(C, ALTER + "FAILOVER")).isEqualTo(41142);
        servers.pass(6);
        assertThat(group.synchronization(C, "shop")).isEqualTo(SynchronizationState.SYNCHRONIZED);
        assertThat(servers.error(C, ALTER + "FAILOVER")).isZero();
        servers.pass(6);
        assertThat(group.primary()).contains(C);
    }
}
