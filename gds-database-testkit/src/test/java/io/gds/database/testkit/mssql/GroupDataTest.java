package io.gds.database.testkit.mssql;

import static io.gds.database.testkit.mssql.Servers.A;
import static io.gds.database.testkit.mssql.Servers.B;
import static io.gds.database.testkit.mssql.Servers.C;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of rows: who sees them where, and which commits wait. */
@Timeout(120)
class GroupDataTest {
    private final Servers servers = new Servers(3);
    private final AvailabilityGroup group = Servers.three(servers).create();
    private final BlockingQueue<GroupEvent.CommitBlocked> blocked = new LinkedBlockingQueue<>();

    @BeforeEach
    void table() throws SQLException {
        group.listen(e -> {
            if (e instanceof GroupEvent.CommitBlocked b) {
                blocked.add(b);
            }
        });
        try (Connection shop = servers.in(A, "shop")) {
            Servers.execute(shop, "CREATE TABLE [dbo].[t] (id bigint NOT NULL PRIMARY KEY)");
        }
    }

    @AfterEach
    void close() {
        servers.close();
    }

    private static void insert(Connection connection, int n) throws SQLException {
        Servers.execute(connection, "INSERT INTO [dbo].[t] (id) VALUES (" + n + ")");
    }

    private static <T> Future<T> start(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "writer");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private Future<Boolean> writer(int n) {
        return start(() -> {
            try (Connection shop = servers.in(A, "shop")) {
                insert(shop, n);
                return true;
            }
        });
    }

    private GroupEvent.CommitBlocked awaitBlocked() throws InterruptedException {
        GroupEvent.CommitBlocked event = blocked.poll(30, TimeUnit.SECONDS);
        assertThat(event).isNotNull();
        return event;
    }

    @Test
    void rowsOfAutocommitAreThereAtOnceOnWhatCommitsTogether() throws SQLException {
        try (Connection shop = servers.in(A, "shop")) {
            insert(shop, 1);
            Servers.execute(shop, "INSERT INTO t (id) VALUES (2), (3)");
            assertThat(Servers.rows(shop, "SELECT COUNT(*) FROM [dbo].[t]")).containsExactly("3");
            assertThat(Servers.rows(shop, "SELECT id FROM [dbo].[t] WHERE id > 1 ORDER BY id DESC"))
                    .containsExactly("3", "2");
        }
        assertThat(group.acknowledged("shop", "t")).containsExactly(1L, 2L, 3L);
        assertThat(group.present(B, "shop", "t")).containsExactly(1L, 2L, 3L);
        assertThat(group.acknowledged("crm", "t")).isEmpty();
    }

    @Test
    void aTransactionIsSeenByOthersWhenItIsCommitted() throws SQLException {
        try (Connection one = servers.in(A, "shop");
                Connection two = servers.in(A, "shop")) {
            one.setAutoCommit(false);
            insert(one, 1);
            assertThat(Servers.rows(one, "SELECT id FROM t")).containsExactly("1");
            assertThat(Servers.rows(two, "SELECT id FROM t")).isEmpty();
            one.rollback();
            insert(one, 2);
            one.commit();
            one.setAutoCommit(true);
            assertThat(Servers.rows(two, "SELECT id FROM t")).containsExactly("2");
        }
        assertThat(group.acknowledged("shop", "t")).containsExactly(2L);
    }

    @Test
    void preparedStatementsWriteToo() throws SQLException {
        try (Connection shop = servers.in(A, "shop");
                PreparedStatement insert = shop.prepareStatement("INSERT INTO [dbo].[t] (id) VALUES (?)")) {
            for (int i = 1; i <= 3; i++) {
                insert.setLong(1, i);
                assertThat(insert.executeUpdate()).isOne();
            }
        }
        assertThat(group.acknowledged("shop", "t")).containsExactly(1L, 2L, 3L);
    }

    @Test
    void mistakesAreTheServersErrors() throws SQLException {
        try (Connection shop = servers.in(A, "shop")) {
            insert(shop, 1);
            assertThat(Servers.error(shop, "INSERT INTO t (id) VALUES (1)")).isEqualTo(2627);
            assertThat(Servers.error(shop, "INSERT INTO u (id) VALUES (1)")).isEqualTo(208);
            assertThat(Servers.error(shop, "INSERT INTO t (nr) VALUES (1)")).isEqualTo(207);
            assertThat(Servers.error(shop, "SELECT id FROM u")).isEqualTo(208);
            assertThat(Servers.error(shop, "CREATE TABLE t (id int)")).isEqualTo(2714);
            assertThat(Servers.error(shop, "COMMIT")).isEqualTo(3902);
            assertThat(Servers.error(shop, "USE nowhere")).isEqualTo(4060);
            assertThat(Servers.error(shop, "USE crm")).isZero();
            assertThat(Servers.error(shop, "SELECT id FROM t")).isEqualTo(208);
        }
        assertThat(group.acknowledged("shop", "t")).containsExactly(1L);
    }

    @Test
    void aSecondaryIsReadByWhomItsSettingAllows() throws SQLException {
        try (Connection shop = servers.in(A, "shop")) {
            insert(shop, 1);
        }
        assertThat(servers.loginError(B, "databaseName", "shop")).isEqualTo(976);
        String who =
                "ALTER AVAILABILITY GROUP [ag1] MODIFY REPLICA ON N'SQL02' WITH (SECONDARY_ROLE (ALLOW_CONNECTIONS = %s))";
        servers.run(A, String.format(who, "READ_ONLY"));
        assertThat(servers.loginError(B, "databaseName", "shop")).isEqualTo(978);
        try (Connection reader = servers.connect(B, "databaseName", "shop", "applicationIntent", "ReadOnly")) {
            assertThat(Servers.error(reader, "INSERT INTO t (id) VALUES (2)")).isEqualTo(3906);
            servers.pass(1);
            assertThat(Servers.rows(reader, "SELECT id FROM dbo.t")).containsExactly("1");
            servers.run(A, String.format(who, "NO"));
            assertThat(Servers.error(reader, "SELECT id FROM dbo.t")).isEqualTo(976);
        }
        servers.run(A, String.format(who, "ALL"));
        assertThat(servers.loginError(B, "databaseName", "shop")).isZero();
    }

    @Test
    void aReaderAfarSeesWhatWasRedoneThere() throws SQLException {
        servers.run(
                A,
                "ALTER AVAILABILITY GROUP [ag1] MODIFY REPLICA ON N'SQL03' WITH (SECONDARY_ROLE (ALLOW_CONNECTIONS = ALL))");
        servers.pass(1);
        group.faults().rates(C, 1, 1);
        try (Connection shop = servers.in(A, "shop");
                Connection reader = servers.in(C, "shop")) {
            insert(shop, 1);
            insert(shop, 2);
            assertThat(Servers.rows(reader, "SELECT COUNT(*) FROM t")).containsExactly("0");
            servers.pass(1);
            assertThat(group.present(C, "shop", "t")).containsExactly(1L);
            servers.pass(1);
            assertThat(Servers.rows(reader, "SELECT COUNT(*) FROM t")).containsExactly("2");
        }
    }

    @Test
    void aCommitWaitsForAReplicaThatIsSilentUntilTheSessionTimeout() throws Exception {
        group.faults().hangs(B, true);
        Future<Boolean> write = writer(1);
        assertThat(awaitBlocked().becauseOf()).isEqualTo(Set.of(B));
        assertThat(write.isDone()).isFalse();
        assertThat(group.acknowledged("shop", "t")).isEmpty();
        servers.pass(9);
        assertThat(write.isDone()).isFalse();
        servers.pass(1);
        assertThat(write.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(group.synchronization(B, "shop")).isEqualTo(SynchronizationState.NOT_SYNCHRONIZING);
        assertThat(group.isReady(B)).isFalse();
        assertThat(group.events(GroupEvent.CommitReleased.class)).hasSize(1);

        group.faults().hangs(B, false);
        servers.pass(3);
        assertThat(group.isReady(B)).isTrue();
        assertThat(group.present(B, "shop", "t")).containsExactly(1L);
    }

    @Test
    void aCommitWaitsForAsManyAsAreRequiredUntilOneIsBack() throws Exception {
        servers.run(A, "ALTER AVAILABILITY GROUP [ag1] SET (REQUIRED_SYNCHRONIZED_SECONDARIES_TO_COMMIT = 1)");
        servers.service(B).die();
        Future<Boolean> write = writer(1);
        assertThat(awaitBlocked().becauseOf()).isEqualTo(Set.of(B));
        servers.pass(Duration.ofHours(1));
        assertThat(write.isDone()).isFalse();
        try (Connection shop = servers.in(A, "shop")) {
            assertThat(Servers.rows(shop, "SELECT id FROM t")).isEmpty();
        }
        servers.service(B).start();
        servers.pass(3);
        assertThat(write.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(group.present(B, "shop", "t")).containsExactly(1L);
        assertThat(group.acknowledged("shop", "t")).containsExactly(1L);
    }

    @Test
    void whoRequiresLessFreesTheCommitsThatWait() throws Exception {
        servers.run(A, "ALTER AVAILABILITY GROUP [ag1] SET (REQUIRED_SYNCHRONIZED_SECONDARIES_TO_COMMIT = 2)");
        Future<Boolean> write = writer(1);
        assertThat(awaitBlocked().becauseOf()).isEqualTo(Set.of(A)); // more are required than there are
        servers.run(A, "ALTER AVAILABILITY GROUP [ag1] SET (REQUIRED_SYNCHRONIZED_SECONDARIES_TO_COMMIT = 1)");
        assertThat(write.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aClientThatGivesUpDoesNotUndoItsCommit() throws Exception {
        group.faults().hangs(B, true);
        Future<Boolean> write = writer(1);
        awaitBlocked();
        servers.instance(A).server().cut(s -> s.database().equals("shop"));
        assertThatThrownBy(() -> write.get(30, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        servers.pass(10);
        try (Connection shop = servers.in(A, "shop")) {
            assertThat(Servers.rows(shop, "SELECT id FROM t")).containsExactly("1");
        }
        assertThat(group.acknowledged("shop", "t")).isEmpty();
    }

    @Test
    void aCommitThatWaitsWhenItsPrimaryIsGoneFails() throws Exception {
        servers.run(A, "ALTER AVAILABILITY GROUP [ag1] SET (REQUIRED_SYNCHRONIZED_SECONDARIES_TO_COMMIT = 2)");
        Future<Boolean> write = writer(1);
        awaitBlocked();
        servers.run(B, "ALTER AVAILABILITY GROUP [ag1] FAILOVER");
        assertThatThrownBy(() -> write.get(30, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        servers.pass(10);
        assertThat(group.acknowledged("shop", "t")).isEmpty();
        assertThat(group.present(B, "shop", "t")).containsExactly(1L); // it was hardened there, and nobody was told
    }
}
