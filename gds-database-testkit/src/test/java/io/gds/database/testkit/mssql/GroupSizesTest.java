package io.gds.database.testkit.mssql;

import static io.gds.database.testkit.mssql.Servers.A;
import static io.gds.database.testkit.mssql.Servers.B;
import static io.gds.database.testkit.mssql.Servers.C;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.testkit.windows.HostTimer;
import io.gds.database.testkit.windows.WindowsHost;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Large groups, several groups, special groups, and groups that SQL Server does not have. */
@Timeout(120)
class GroupSizesTest {
    private static final ReplicaSettings SYNC = ReplicaSettings.synchronous();
    private static final ReplicaSettings ASYNC = ReplicaSettings.asynchronous();

    @Test
    void fiveReplicasWithThirtyDatabasesOfWhichOneIsNotReady() throws SQLException {
        try (Servers servers = new Servers(5)) {
            AvailabilityGroup group = AvailabilityGroup.builder("big")
                    .replica(servers.instance(A), SYNC)
                    .replica(servers.instance(B), SYNC)
                    .replica(servers.instance(C), SYNC)
                    .replica(servers.instance("SQL04"), ASYNC)
                    .replica(servers.instance("SQL05"), ASYNC)
                    .databases(IntStream.rangeClosed(1, 30)
                            .mapToObj(i -> String.format("db%02d", i))
                            .toArray(String[]::new))
                    .create();
            assertThat(servers.rows(A, "SELECT COUNT(*) FROM sys.dm_hadr_database_replica_states"))
                    .containsExactly("150");
            group.faults().neverCatchesUp(B, "db17", true);
            String notReady = "SELECT r.replica_server_name, c.database_name FROM"
                    + " sys.dm_hadr_database_replica_cluster_states c JOIN sys.availability_replicas r ON"
                    + " r.replica_id = c.replica_id WHERE r.availability_mode = 1 AND c.is_failover_ready = 0";
            assertThat(servers.rows(A, notReady)).containsExactly("SQL02 db17");
            assertThat(servers.error(B, "ALTER AVAILABILITY GROUP [big] FAILOVER"))
                    .isEqualTo(41142);
            assertThat(servers.error(C, "ALTER AVAILABILITY GROUP [big] FAILOVER"))
                    .isZero();
            servers.pass(10);
            assertThat(group.primary()).contains(C);
            group.faults().neverCatchesUp(B, "db17", false);
            servers.pass(1);
            assertThat(group.isHealthy()).isTrue();
        }
    }

    @Test
    void aServerIsInTwoGroupsWithPrimariesOnDifferentServers() throws SQLException {
        try (Servers servers = new Servers(2)) {
            AvailabilityGroup one = AvailabilityGroup.builder("ag1")
                    .replica(servers.instance(A), SYNC)
                    .replica(servers.instance(B), SYNC)
                    .databases("shop")
                    .create();
            AvailabilityGroup two = AvailabilityGroup.builder("ag]2")
                    .replica(servers.instance(B), SYNC)
                    .replica(servers.instance(A), SYNC)
                    .databases("crm")
                    .create();
            String roles = "SELECT g.name, s.role_desc FROM sys.dm_hadr_availability_replica_states s"
                    + " JOIN sys.availability_groups g ON g.group_id = s.group_id WHERE s.is_local = 1 ORDER BY g.name";
            assertThat(servers.rows(A, roles)).containsExactly("ag1 PRIMARY", "ag]2 SECONDARY");
            assertThat(servers.rows(B, roles)).containsExactly("ag1 SECONDARY", "ag]2 PRIMARY");
            assertThat(servers.rows(
                            A,
                            "SELECT member_name FROM sys.dm_hadr_cluster_members WHERE member_type = 0"
                                    + " ORDER BY member_name"))
                    .containsExactly(A, B);
            try (Connection shop = servers.in(A, "shop");
                    Connection crm = servers.in(B, "crm")) {
                servers.run(A, "ALTER AVAILABILITY GROUP [ag]]2] FAILOVER");
                servers.pass(10);
                assertThat(Servers.error(shop, "CREATE TABLE t (id int)")).isZero();
                assertThatThrownBy(() -> Servers.execute(crm, "CREATE TABLE t (id int)"))
                        .isInstanceOf(SQLException.class);
            }
            assertThat(two.primary()).contains(A);
            assertThat(one.primary()).contains(A);
            assertThat(one.events(GroupEvent.PrimaryChanged.class)).isEmpty();
            assertThat(one.isHealthy() && two.isHealthy()).isTrue();
        }
    }

    @Test
    void aContainedGroupHasItsOwnMasterAndABasicGroupOneDatabase() throws SQLException {
        try (Servers servers = new Servers(2)) {
            AvailabilityGroup.builder("box")
                    .replica(servers.instance(A), SYNC)
                    .replica(servers.instance(B), SYNC)
                    .databases("shop")
                    .contained()
                    .create();
            AvailabilityGroup.builder("small")
                    .replica(servers.instance(A), SYNC)
                    .replica(servers.instance(B), SYNC)
                    .databases("crm")
                    .basic()
                    .create();
            assertThat(servers.rows(
                            A, "SELECT name, is_contained, basic_features FROM sys.availability_groups ORDER BY name"))
                    .containsExactly("box 1 0", "small 0 1");
            assertThat(servers.rows(
                            A, "SELECT database_name FROM sys.availability_databases_cluster ORDER BY database_name"))
                    .containsExactly("box_master", "box_msdb", "crm", "shop");
        }
    }

    @Test
    void aNamedInstanceIsAReplicaByItsWholeName() throws Exception {
        try (Servers servers = new Servers(1)) {
            WindowsHost host = new WindowsHost("SQL02", servers.timer);
            InstalledInstance installed = InstalledInstance.on(host, "SALES", Servers.OLD, Servers.EDITION);
            try (SqlInstance named = SqlInstance.start(host, installed, Servers.EDITION, "gds", "x")) {
                AvailabilityGroup group = AvailabilityGroup.builder("ag1")
                        .replica(servers.instance(A), SYNC)
                        .replica(named, SYNC)
                        .databases("shop")
                        .create();
                servers.run(
                        A,
                        "ALTER AVAILABILITY GROUP [ag1] MODIFY REPLICA ON N'sql02\\sales' WITH (AVAILABILITY_MODE ="
                                + " ASYNCHRONOUS_COMMIT)");
                assertThat(group.settings().replicas()).containsEntry("SQL02\\SALES", ASYNC);
            }
        }
    }

    @Test
    void groupsThatSqlServerDoesNotHaveAreRefused() throws Exception {
        try (Servers servers = new Servers(3)) {
            AvailabilityGroupBuilder alone = AvailabilityGroup.builder("g")
                    .replica(servers.instance(A), SYNC)
                    .databases("d");
            assertThatThrownBy(alone::create).hasMessageContaining("two are the least");
            assertThatThrownBy(() -> alone.replica(servers.instance(A), SYNC)).hasMessageContaining("there already");
            assertThatThrownBy(() -> alone.replica(servers.instance(B), SYNC)
                            .requiredSynchronizedSecondaries(2)
                            .create())
                    .hasMessageContaining("requiredSynchronizedSecondaries 2");
            assertThatThrownBy(() -> two(servers).databases("D").create()).hasMessageContaining("there twice");
            assertThatThrownBy(() -> two(servers).databases("e").basic().create())
                    .hasMessageContaining("basic");
            assertThatThrownBy(
                            () -> two(servers).clusterType(ClusterType.EXTERNAL).create())
                    .hasMessageContaining("failover mode MANUAL");
            assertThatThrownBy(() -> two(servers)
                            .replica(servers.instance(C), ReplicaSettings.configurationOnly())
                            .create())
                    .hasMessageContaining("witness");
            assertThatThrownBy(() -> ASYNC.with(FailoverMode.AUTOMATIC)).hasMessageContaining("ASYNCHRONOUS");
            assertThatThrownBy(() -> SYNC.priority(101)).hasMessageContaining("101");
            two(servers).create();
            assertThatThrownBy(() -> two(servers).create()).hasMessageContaining("in another group");
            try (Servers others = new Servers(1)) {
                assertThatThrownBy(() -> AvailabilityGroup.builder("h")
                                .replica(servers.instance(C), SYNC)
                                .replica(others.instance(A), SYNC)
                                .create())
                        .hasMessageContaining("timers");
            }
        }
    }

    private static AvailabilityGroupBuilder two(Servers servers) {
        return AvailabilityGroup.builder("g")
                .replica(servers.instance(A), SYNC)
                .replica(servers.instance(B), SYNC)
                .databases("d");
    }

    @Test
    void timeMayBeReal() throws Exception {
        HostTimer timer = HostTimer.of(Clock.systemUTC());
        try (SqlInstance one = instance("SQL01", timer);
                SqlInstance two = instance("SQL02", timer)) {
            AvailabilityGroup group = AvailabilityGroup.builder("ag1")
                    .replica(one, SYNC)
                    .replica(two, SYNC)
                    .databases("shop")
                    .times(GroupTimes.quick())
                    .create();
            CountDownLatch synchronizedAgain = new CountDownLatch(1);
            group.listen(e -> {
                if (e instanceof GroupEvent.SynchronizationChanged s && s.isSynchronized()) {
                    synchronizedAgain.countDown();
                }
            });
            group.faults().somebodyFailsOver("SQL02", Duration.ZERO);
            assertThat(synchronizedAgain.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(group.primary()).contains("SQL02");
            assertThat(group.isHealthy()).isTrue();
        }
    }

    private static SqlInstance instance(String name, HostTimer timer) throws Exception {
        WindowsHost host = new WindowsHost(name, timer);
        return SqlInstance.start(
                host,
                InstalledInstance.on(host, "MSSQLSERVER", Servers.OLD, Servers.EDITION),
                Servers.EDITION,
                "gds",
                "x");
    }
}
