package io.gds.database.testkit.tds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes wrong on the way, as the real driver sees it. */
@Timeout(60)
class TdsFaultsTest {
    private static final String[] IMPATIENT = {"socketTimeout", "300"};

    private final ScriptedEndpoint endpoint = new ScriptedEndpoint().when("q", ScriptedEndpoint.one(SqlType.INT, 7));
    private final TdsServer server = TdsServer.builder(DriverPhrases.around(endpoint))
            .encryption(Encryption.NOT_SUPPORTED)
            .start();

    @AfterEach
    void close() {
        server.close();
    }

    private static int ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            int last = 0;
            while (rows.next()) {
                last = rows.getInt(1);
            }
            return last;
        }
    }

    private static void assertDead(Connection connection) throws SQLException {
        assertThat(connection.isValid(5)).isFalse();
    }

    private static <T> CompletableFuture<T> inBackground(Callable<T> work) {
        CompletableFuture<T> future = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                future.complete(work.call());
            } catch (Exception e) {
                future.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return future;
    }

    @Test
    void cutConnectionsAreSeenAsAnErrorNotAHang() throws Exception {
        try (Connection busy = Driver.connect(server);
                Connection idle = Driver.connect(server, "connectRetryCount", "1")) {
            CountDownLatch executing = new CountDownLatch(1);
            endpoint.when("slow", batch -> {
                executing.countDown();
                return ScriptedEndpoint.untilInterrupted();
            });
            CompletableFuture<Integer> answer = inBackground(() -> ask(busy, "slow"));
            executing.await();
            server.cutAll();
            assertThatThrownBy(answer::get).hasCauseInstanceOf(SQLException.class);
            assertThatThrownBy(() -> ask(idle, "q")).isInstanceOf(SQLException.class);
            assertDead(busy);
            assertDead(idle);
        }
        try (Connection next = Driver.connect(server)) {
            assertThat(ask(next, "q")).isEqualTo(7);
        }
    }

    @Test
    void someSessionsAreCutAndOthersNot() throws SQLException {
        try (Connection till = Driver.connect(server, "applicationName", "till");
                Connection office = Driver.connect(server, "applicationName", "office")) {
            server.cut(session -> session.login().application().equals("till"));
            assertDead(till);
            assertThat(ask(office, "q")).isEqualTo(7);
        }
    }

    @Test
    void aServerThatIsDownRefusesAndComesBackOnItsPort() throws Exception {
        try (Connection connection = Driver.connect(server)) {
            server.refuse();
            assertThat(server.isAccepting()).isFalse();
            assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), server.port()))
                    .isInstanceOf(ConnectException.class);
            assertThatThrownBy(() -> Driver.connect(server, "loginTimeout", "1"))
                    .isInstanceOf(SQLException.class);
            assertThat(ask(connection, "q")).isEqualTo(7); // who is in stays in
        }
        server.accept();
        server.accept();
        try (Connection connection = Driver.connect(server)) {
            assertThat(ask(connection, "q")).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Silence.class,
            names = {"PRELOGIN", "LOGIN"})
    void aSilentServerRunsIntoTheLoginTimeout(Silence from) throws SQLException {
        server.faults().silentFrom(from);
        assertThatThrownBy(() -> Driver.connect(server, "loginTimeout", "1"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("timed out");
        assertThat(server.counts().connections()).isPositive();
        assertThat(endpoint.logins).isEmpty();
        server.faults().calm();
        try (Connection connection = Driver.connect(server)) {
            assertThat(ask(connection, "q")).isEqualTo(7);
        }
    }

    @Test
    void aServerSilentAfterTheLoginRunsIntoTheSocketTimeout() throws SQLException {
        try (Connection before = Driver.connect(server, IMPATIENT)) {
            server.faults().silentFrom(Silence.REQUESTS);
            try (Connection after = Driver.connect(server, IMPATIENT)) {
                assertThatThrownBy(() -> ask(after, "q")).hasMessageContaining("timed out");
                assertThatThrownBy(() -> ask(before, "q")).hasMessageContaining("timed out");
            }
        }
        assertThat(endpoint.batches).isEmpty();
    }

    @Test
    void aSlowLoginSucceedsInTheEnd() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch waiting = new CountDownLatch(1);
        server.faults().beforeLogin(() -> {
            waiting.countDown();
            go.await();
        });
        CompletableFuture<Connection> login = inBackground(() -> Driver.connect(server));
        waiting.await();
        assertThat(login).isNotDone();
        assertThat(endpoint.logins).isEmpty();
        go.countDown();
        try (Connection connection = login.get()) {
            assertThat(ask(connection, "q")).isEqualTo(7);
        }
    }

    @Test
    void aSlowAnswerWasExecutedAtOnce() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch executed = new CountDownLatch(1);
        endpoint.when("write", batch -> {
            executed.countDown();
            return List.of(new SqlOutcome.UpdateCount(1));
        });
        server.faults().beforeAnswer(Pace.until(go));
        try (Connection connection = Driver.connect(server);
                Statement statement = connection.createStatement()) {
            CompletableFuture<Integer> answer = inBackground(() -> statement.executeUpdate("write"));
            executed.await();
            assertThat(answer).isNotDone();
            go.countDown();
            assertThat(answer.get()).isEqualTo(1);
        }
    }

    @Test
    void aSlowAnswerCanBeCancelled() throws SQLException {
        server.faults().beforeAnswer(Pace.until(new CountDownLatch(1)));
        try (Connection connection = Driver.connect(server);
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            assertThatThrownBy(() -> statement.executeQuery("q")).isInstanceOf(SQLTimeoutException.class);
            server.faults().calm();
            assertThat(ask(connection, "q")).isEqualTo(7);
        }
    }

    @Test
    void aLostAnswerWasExecutedAndALostRequestWasNot() throws SQLException {
        endpoint.when("write", new SqlOutcome.UpdateCount(1));
        server.faults().next(batch -> batch.text().equals("write"), AnswerFault.RESET_BEFORE_EXECUTION);
        assertWriteFails();
        assertThat(endpoint.batches).isEmpty();
        server.faults().next(batch -> batch.text().equals("write"), AnswerFault.RESET_BEFORE_ANSWER);
        assertWriteFails();
        assertThat(endpoint.batches).extracting(SqlBatch::text).containsExactly("write");
    }

    private void assertWriteFails() throws SQLException {
        try (Connection connection = Driver.connect(server);
                Statement statement = connection.createStatement()) {
            assertThat(connection.isValid(5)).isTrue(); // not what the fault is for
            assertThatThrownBy(() -> statement.executeUpdate("write")).isInstanceOf(SQLException.class);
            assertDead(connection);
        }
    }

    @Test
    void aConnectionIsResetInTheMiddleOfAResult() throws SQLException {
        Iterable<List<Object>> rows = () -> IntStream.range(0, 20_000)
                .mapToObj(i -> Arrays.<Object>asList(i))
                .iterator();
        endpoint.when("many", new SqlOutcome.Rows(List.of(new SqlColumn("n", SqlType.INT)), rows));
        for (String sql : List.of("many", "q")) { // of many packets, of one
            server.faults().next(AnswerFault.RESET_WITHIN_ANSWER);
            try (Connection connection = Driver.connect(server)) {
                assertThatThrownBy(() -> ask(connection, sql)).isInstanceOf(SQLException.class);
                assertDead(connection);
            }
        }
    }

    @Test
    void bytesThatAreNoPacketEndTheConnection() throws SQLException {
        server.faults().next(AnswerFault.GARBAGE);
        try (Connection connection = Driver.connect(server)) {
            assertThatThrownBy(() -> ask(connection, "q"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("TDS");
            assertDead(connection);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = AnswerFault.class,
            names = {"HALF_A_PACKET", "SILENCE"})
    void anAnswerThatStopsRunsIntoTheSocketTimeout(AnswerFault fault) throws SQLException {
        server.faults().next(fault);
        try (Connection connection = Driver.connect(server, IMPATIENT)) {
            assertThatThrownBy(() -> ask(connection, "q")).hasMessageContaining("timed out");
            assertDead(connection);
        }
        assertThat(endpoint.batches).hasSize(1);
    }

    @Test
    void faultsAlsoHappenWithinTls() throws SQLException {
        try (TdsServer secret =
                        TdsServer.builder(endpoint).encryption(Encryption.ON).start();
                Connection connection = Driver.connect(secret, "encrypt", "true", "trustServerCertificate", "true")) {
            assertThat(ask(connection, "q")).isEqualTo(7);
            secret.faults().next(AnswerFault.RESET_WITHIN_ANSWER);
            assertThatThrownBy(() -> ask(connection, "q")).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void aClientThatGoesAwayInterruptsItsRequest() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        endpoint.when("slow", batch -> {
            try {
                return ScriptedEndpoint.untilInterrupted();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        });
        try (Connection connection = Driver.connect(server, IMPATIENT)) {
            assertThatThrownBy(() -> ask(connection, "slow")).isInstanceOf(SQLException.class);
        }
        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(endpoint.firstClosed.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(server.sessions()).isEmpty();
    }

    @Test
    void aClosedServerLeavesNothingBehind() throws Exception {
        endpoint.when("slow", batch -> ScriptedEndpoint.untilInterrupted());
        TdsServer last = TdsServer.builder(endpoint).name("last").start();
        try (Connection connection = Driver.connect(last);
                Connection idle = Driver.connect(last);
                RawClient stranger = new RawClient(last)) {
            CompletableFuture<Integer> answer = inBackground(() -> ask(connection, "slow"));
            last.close();
            assertThatThrownBy(answer::get).hasCauseInstanceOf(SQLException.class);
            assertThatThrownBy(stranger::receive).isInstanceOf(IOException.class);
            assertDead(idle);
            assertThat(endpoint.firstClosed.getCount()).isZero();
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("tds-last") || name.endsWith("-" + last.port()));
        }
        assertThatThrownBy(last::accept).isInstanceOf(IllegalStateException.class);
    }
}
