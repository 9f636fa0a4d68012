package io.gds.database.testkit.mssql;

import static io.gds.database.testkit.mssql.Servers.A;
import static io.gds.database.testkit.mssql.Servers.B;
import static io.gds.database.testkit.mssql.Servers.C;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.gds.database.testkit.tds.AnswerFault;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a test can make go wrong. */
@Timeout(120)
class GroupFaultsTest {
    private static final String FAILOVER = "ALTER AVAILABILITY GROUP [ag1] FAILOVER";
    private static final String MANUAL =
            "ALTER AVAILABILITY GROUP [ag1] MODIFY REPLICA ON N'SQL02' WITH (FAILOVER_MODE = MANUAL)";
    private static final String ROLE =
            "SELECT role_desc FROM sys.dm_hadr_availability_replica_states WHERE is_local = 1";

    private final Servers servers = new Servers(3);
    private final AvailabilityGroup group = Servers.three(servers).create();
    private final GroupFaults faults = group.faults();

    @AfterEach
    void close() {
        servers.close();
    }

    @Test
    void aReplicaThatNeverCatchesUpStaysSynchronizingAndBlocksNobody() throws SQLException {
        faults.neverCatchesUp(B, true);
        servers.pass(Duration.ofHours(1));
        assertThat(group.synchronization(B, "shop")).isEqualTo(SynchronizationState.SYNCHRONIZING);
        assertThat(group.isReady(B)).isFalse();
        try (Connection shop = servers.in(A, "shop")) {
            Servers.execute(shop, "CREATE TABLE t (id int)");
        }
        assertThat(group.events(GroupEvent.CommitBlocked.class)).isEmpty();
        faults.neverCatchesUp(B, false);
        servers.pass(1);
        assertThat(group.isReady(B)).isTrue();
    }

    @Test
    void statementsFailAsOftenAsIsSaid() throws SQLException {
        faults.refuses(B, 41142, 2).refuses(A, 1222, 1);
        assertThat(servers.error(B, FAILOVER)).isEqualTo(41142);
        assertThat(servers.error(B, FAILOVER)).isEqualTo(41142);
        assertThat(servers.error(A, MANUAL)).isEqualTo(1222);
        assertThat(group.settings().replicas().get(B)).isEqualTo(ReplicaSettings.automatic());
        assertThat(servers.error(B, FAILOVER)).isZero();
        assertThat(group.events(GroupEvent.FailoverAsked.class))
                .extracting(GroupEvent.FailoverAsked::ready, GroupEvent.FailoverAsked::refusedBy)
                .containsExactly(tuple(true, 41142), tuple(true, 41142), tuple(true, 0));
    }

    @Test
    void aFailedReplicaTakesNoStatements() throws SQLException {
        faults.failed(B, true);
        assertThat(servers.error(B, FAILOVER)).isEqualTo(41144);
        assertThat(servers.rows(B, "SELECT operational_state_desc FROM sys.dm_hadr_availability_replica_states"))
                .containsExactly("FAILED");
        faults.failed(B, false);
        assertThat(servers.error(B, FAILOVER)).isZero();
    }

    @Test
    void aFailoverThatIsAcceptedMayNeverFinish() throws SQLException {
        faults.failoverNeverFinishes(true);
        servers.run(B, FAILOVER);
        servers.pass(Duration.ofHours(1));
        assertThat(group.primary()).isEmpty();
        assertThat(servers.rows(A, ROLE)).containsExactly("RESOLVING");
        assertThat(servers.error(A, FAILOVER)).isEqualTo(41131);
        faults.failoverNeverFinishes(false);
        servers.pass(10);
        assertThat(group.primary()).contains(B);
        assertThat(group.isHealthy()).isTrue();
    }

    @Test
    void aTargetThatDiesWhileItTakesOverLeavesTheOldPrimary() throws SQLException {
        servers.run(B, FAILOVER);
        servers.pass(1);
        servers.service(B).die();
        servers.pass(20);
        assertThat(group.primary()).contains(A);
        assertThat(group.events(GroupEvent.PrimaryChanged.class))
                .extracting(GroupEvent.PrimaryChanged::cause)
                .containsExactly(GroupEvent.Cause.RETURNED);
    }

    @Test
    void theOldPrimaryMayBeLeftSuspended() throws SQLException {
        faults.oldPrimaryIsSuspended(SuspendReason.RESTART);
        servers.run(B, FAILOVER);
        servers.pass(60);
        assertThat(group.synchronization(A, "shop")).isEqualTo(SynchronizationState.NOT_SYNCHRONIZING);
        assertThat(group.synchronization(C, "shop")).isEqualTo(SynchronizationState.SYNCHRONIZING);
        servers.run(A, "ALTER DATABASE [shop] SET HADR RESUME");
        servers.run(A, "ALTER DATABASE [crm] SET HADR RESUME");
        servers.pass(1);
        assertThat(group.isHealthy()).isTrue();
        assertThat(group.events(GroupEvent.Resumed.class))
                .extracting(GroupEvent.Resumed::database)
                .containsExactly("shop", "crm");
    }

    @ParameterizedTest
    @EnumSource(SuspendReason.class)
    void theSystemSuspendsForAnyReason(SuspendReason reason) throws SQLException {
        faults.suspend(B, "shop", reason);
        assertThat(servers.rows(
                        A,
                        "SELECT suspend_reason, suspend_reason_desc, synchronization_health_desc FROM"
                                + " sys.dm_hadr_database_replica_states WHERE is_suspended = 1"))
                .containsExactly(reason.number() + " SUSPEND_FROM_" + reason + " NOT_HEALTHY");
        assertThat(servers.error(B, FAILOVER)).isEqualTo(41142);
        assertThat(group.events(GroupEvent.Suspended.class))
                .containsExactly(new GroupEvent.Suspended(servers.timer.now(), B, "shop", reason));
    }

    @Test
    void aStatementMayTakeLongAndWhoDoesNotWaitForLocksGets1222() throws Exception {
        faults.statementsTake(Duration.ofSeconds(30));
        FutureTask<Integer> patient = new FutureTask<>(() -> servers.error(A, MANUAL));
        FutureTask<Integer> hasty = new FutureTask<>(() -> servers.error(A, "SET LOCK_TIMEOUT 2000; " + MANUAL));
        List.of(patient, hasty).forEach(task -> {
            Thread thread = new Thread(task, "administrator");
            thread.setDaemon(true);
            thread.start();
        });
        while (servers.instance(A).server().counts().batches() < 2) {
            Thread.onSpinWait();
        }
        assertThat(group.settings().replicas().get(B)).isEqualTo(ReplicaSettings.automatic());
        while (!hasty.isDone()) {
            servers.pass(2);
        }
        assertThat(hasty.get()).isEqualTo(1222);
        while (!patient.isDone()) {
            servers.pass(30);
        }
        assertThat(patient.get(30, TimeUnit.SECONDS)).isZero();
        assertThat(group.settings().replicas().get(B)).isEqualTo(ReplicaSettings.synchronous());
    }

    @Test
    void aSessionMayBeCutDuringAnyStatement() throws SQLException {
        servers.instance(B).server().faults().next(b -> b.text().contains("FAILOVER"), AnswerFault.RESET_BEFORE_ANSWER);
        assertThatThrownBy(() -> servers.run(B, FAILOVER)).isInstanceOf(SQLException.class);
        servers.pass(10);
        assertThat(group.primary()).contains(B); // it was done all the same
        servers.instance(A)
                .server()
                .faults()
                .next(b -> b.text().contains("FAILOVER"), AnswerFault.RESET_BEFORE_EXECUTION);
        assertThatThrownBy(() -> servers.run(A, FAILOVER)).isInstanceOf(SQLException.class);
    }

    @Test
    void viewsMayShowWhatWas() throws SQLException {
        faults.staleViews(A, true);
        servers.run(B, FAILOVER);
        servers.pass(10);
        assertThat(servers.rows(A, ROLE)).containsExactly("PRIMARY");
        assertThat(servers.rows(B, ROLE)).containsExactly("PRIMARY");
        faults.staleViews(A, false);
        assertThat(servers.rows(A, ROLE)).containsExactly("SECONDARY");
    }

    @Test
    void somebodyElseMayFailOver() {
        faults.somebodyFailsOver(B, Duration.ofMinutes(1));
        servers.pass(59);
        assertThat(group.primary()).contains(A);
        servers.pass(10);
        assertThat(group.primary()).contains(B);
        assertThat(group.events(GroupEvent.FailoverAsked.class)).isEmpty();
        assertThat(group.events(GroupEvent.PrimaryChanged.class))
                .extracting(GroupEvent.PrimaryChanged::cause)
                .containsExactly(GroupEvent.Cause.SOMEBODY_ELSE);
        assertThat(group.isHealthy()).isTrue();
    }

    @Test
    void withoutAQuorumNobodyGetsAtTheDatabases() throws SQLException {
        faults.quorum(false);
        assertThat(group.primary()).isEmpty();
        assertThat(servers.loginError(A, "databaseName", "shop")).isEqualTo(988);
        assertThat(servers.rows(A, "SELECT cluster_name FROM sys.dm_hadr_cluster"))
                .isEmpty();
        assertThat(servers.rows(A, "SELECT member_name FROM sys.dm_hadr_cluster_members"))
                .isEmpty();
        assertThat(servers.rows(
                        B, "SELECT role_desc, operational_state_desc FROM sys.dm_hadr_availability_replica_states"))
                .containsExactly("RESOLVING FAILED_NO_QUORUM");
        assertThat(servers.error(B, FAILOVER)).isEqualTo(41131);
        faults.quorum(true);
        servers.pass(10);
        assertThat(group.primary()).contains(A);
        assertThat(group.isHealthy()).isTrue();
    }

    @Test
    void aPrimaryThatHangsIsReplacedAndComesBackAsASecondary() throws SQLException {
        faults.hangs(A, true);
        servers.pass(5);
        assertThat(group.primary()).contains(A);
        servers.pass(10);
        assertThat(group.primary()).isEmpty(); // lost after ten seconds, which is when the cluster begins to count
        servers.pass(10);
        assertThat(group.primary()).contains(B);
        faults.hangs(A, false);
        servers.pass(10);
        assertThat(group.role(A)).isEqualTo(ReplicaRole.SECONDARY);
        assertThat(group.isHealthy()).isTrue();
        assertThat(servers.rows(A, ROLE)).containsExactly("SECONDARY");
    }

    @Test
    void aShortSilenceChangesNothing() {
        faults.hangs(B, true);
        servers.pass(9);
        faults.hangs(B, false);
        servers.pass(60);
        assertThat(group.isHealthy()).isTrue();
        assertThat(group.events(GroupEvent.ConnectionChanged.class)).isEmpty();
    }

    @Test
    void namesThatAreNotThereAreAnError() {
        assertThatThrownBy(() -> faults.hangs("SQL09", true)).hasMessageContaining("SQL09");
        assertThatThrownBy(() -> faults.suspend(B, "nothing", SuspendReason.REDO))
                .hasMessageContaining("nothing");
    }
}
