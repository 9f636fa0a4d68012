package io.gds.database.testkit.tds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.sqlserver.jdbc.SQLServerConnectionPoolDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What clients ask and get, once they are in. */
@Timeout(60)
class TdsRequestsTest {
    private static final SqlColumn NUMBER = new SqlColumn("n", SqlType.INT);

    private final ScriptedEndpoint endpoint = new ScriptedEndpoint();
    private TdsServer server;
    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        server = TdsServer.builder(DriverPhrases.around(endpoint))
                .name("sql1")
                .encryption(Encryption.NOT_SUPPORTED)
                .start();
        connection = Driver.connect(server);
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        server.close();
    }

    private int number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getInt(1);
        }
    }

    @Test
    void theDriversOwnPhrasesAreNoBusinessOfSessions() throws SQLException {
        assertThat(connection.isValid(5)).isTrue();
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        connection.commit();
        connection.rollback();
        connection.setAutoCommit(true);
        assertThat(endpoint.batches).isEmpty();
        assertThat(server.counts().batches()).isGreaterThanOrEqualTo(6);
    }

    @Test
    void aResultSetHasItsColumnsAndRows() throws SQLException {
        endpoint.when(
                "q",
                SqlOutcome.Rows.of(NUMBER, new SqlColumn("ß", SqlType.nvarchar(5)))
                        .row(1, "a")
                        .row(2, null));
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("q")) {
            assertThat(rows.getMetaData().getColumnLabel(2)).isEqualTo("ß");
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString("ß")).isEqualTo("a");
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt("n")).isEqualTo(2);
            assertThat(rows.getString(2)).isNull();
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void aStatementWithoutRowsIsDoneOrHasACount() throws SQLException {
        endpoint.when("ALTER", new SqlOutcome.Done())
                .when("UPDATE", new SqlOutcome.UpdateCount(3))
                .when("NOTHING");
        try (Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("ALTER")).isZero();
            assertThat(statement.executeUpdate("UPDATE")).isEqualTo(3);
            assertThat(statement.execute("NOTHING")).isFalse();
        }
    }

    @Test
    void severalOutcomesComeInTheirOrder() throws SQLException {
        endpoint.when(
                "q",
                ScriptedEndpoint.one(SqlType.INT, 1),
                new SqlOutcome.UpdateCount(7),
                new SqlOutcome.Info(50001, 1, 10, "half way"),
                ScriptedEndpoint.one(SqlType.INT, 2));
        try (Statement statement = connection.createStatement()) {
            assertThat(statement.execute("q")).isTrue();
            assertThat(statement.getMoreResults()).isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(7);
            assertThat(statement.getMoreResults()).isTrue();
            assertThat(statement.getWarnings().getMessage()).isEqualTo("half way");
            try (ResultSet rows = statement.getResultSet()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(2);
            }
            assertThat(statement.getMoreResults()).isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(-1);
        }
    }

    @Test
    void anErrorHasItsNumberAndTheConnectionGoesOn() throws SQLException {
        endpoint.when("bad", batch -> {
                    throw new SqlFailure(41142, 3, 16, "The replica is not ready.");
                })
                .when("q", ScriptedEndpoint.one(SqlType.INT, 5));
        assertThatThrownBy(() -> number("bad"))
                .isInstanceOfSatisfying(SQLException.class, e -> {
                    assertThat(e.getErrorCode()).isEqualTo(41142);
                    assertThat(e.getSQLState()).isEqualTo("S0003");
                })
                .hasMessageContaining("The replica is not ready.");
        assertThat(number("q")).isEqualTo(5);
    }

    @Test
    void aBatchMayGoOnAfterAnError() throws SQLException {
        endpoint.when(
                "q",
                new SqlOutcome.UpdateCount(1),
                new SqlOutcome.Failed(547, 0, 16, "conflict"),
                ScriptedEndpoint.one(SqlType.INT, 9));
        try (Statement statement = connection.createStatement()) {
            assertThat(statement.execute("q")).isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(1);
            assertThatThrownBy(statement::getMoreResults).hasMessageContaining("conflict");
            assertThat(statement.getMoreResults()).isTrue();
        }
    }

    @Test
    void aFatalErrorEndsTheConnection() throws Exception {
        endpoint.when("q", new SqlOutcome.Failed(824, 2, 24, "bad page"), ScriptedEndpoint.one(SqlType.INT, 1));
        assertThatThrownBy(() -> number("q")).hasMessageContaining("bad page");
        endpoint.firstClosed.await();
        assertThat(connection.isValid(5)).isFalse();
    }

    @Test
    void aMistakeInASessionIsAnErrorOfTheRequest() throws SQLException {
        endpoint.when("fits", ScriptedEndpoint.one(SqlType.INT, 1))
                .when("too long", ScriptedEndpoint.one(SqlType.nvarchar(2), "abc"))
                .when("unexpected", batch -> {
                    throw new AssertionError("of a test");
                });
        assertThatThrownBy(() -> number("unexpected")).hasMessageContaining("of a test");
        assertThatThrownBy(() -> number("unheard of")).hasMessageContaining("no script for: unheard of");
        assertThatThrownBy(() -> number("too long")).hasMessageContaining("6 bytes in a column of 4");
        assertThat(number("fits")).isEqualTo(1);
    }

    @Test
    void theDatabaseOfASessionChanges() throws SQLException {
        endpoint.when("use [shop]", new SqlOutcome.DatabaseChanged("shop"));
        assertThat(connection.getCatalog()).isEqualTo("master");
        connection.setCatalog("shop");
        assertThat(connection.getCatalog()).isEqualTo("shop");
        assertThat(server.sessions()).extracting(SessionInfo::database).containsExactly("shop");
    }

    @Test
    void aLongRequestArrivesWhole() throws SQLException {
        String sql = "SELECT '" + "ä".repeat(200_000) + "'";
        endpoint.when(sql, ScriptedEndpoint.one(SqlType.INT, 1));
        assertThat(number(sql)).isEqualTo(1);
        assertThat(endpoint.batches).extracting(SqlBatch::text).containsExactly(sql);
    }

    @Test
    void aHundredThousandRowsAreSentWhileTheyAreMade() throws SQLException {
        Iterable<List<Object>> rows = () -> IntStream.range(0, 100_000)
                .mapToObj(i -> Arrays.<Object>asList(i, "row " + i))
                .iterator();
        endpoint.when("q", new SqlOutcome.Rows(List.of(NUMBER, new SqlColumn("t", SqlType.nvarchar(20))), rows));
        long sum = 0;
        int count = 0;
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("q")) {
            for (; result.next(); count++) {
                sum += result.getInt(1);
            }
        }
        assertThat(count).isEqualTo(100_000);
        assertThat(sum).isEqualTo(100_000L * 99_999 / 2);
    }

    @Test
    void aResultThatNeverEndsCanBeCancelled() throws SQLException {
        Iterator<Integer> endless = IntStream.iterate(0, i -> i + 1).iterator();
        Iterable<List<Object>> rows = () -> new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public List<Object> next() {
                return List.of(endless.next());
            }
        };
        endpoint.when("endless", new SqlOutcome.Rows(List.of(NUMBER), rows))
                .when("q", ScriptedEndpoint.one(SqlType.INT, 3));
        List<Integer> seen = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("endless")) {
            while (seen.size() < 10 && result.next()) {
                seen.add(result.getInt(1));
            }
            statement.cancel();
        }
        assertThat(seen).startsWith(0, 1, 2).hasSize(10);
        assertThat(number("q")).isEqualTo(3);
        assertThat(server.counts().attentions()).isEqualTo(1);
    }

    @Test
    void aTimedOutQueryIsInterruptedAndTheConnectionGoesOn() throws SQLException {
        endpoint.when("slow", batch -> ScriptedEndpoint.untilInterrupted())
                .when("q", ScriptedEndpoint.one(SqlType.INT, 3));
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            assertThatThrownBy(() -> statement.executeQuery("slow")).isInstanceOf(SQLTimeoutException.class);
        }
        assertThat(endpoint.attentions).hasValue(1);
        assertThat(number("q")).isEqualTo(3);
    }

    @Test
    void aPooledConnectionIsResetForItsNextUser() throws SQLException {
        endpoint.when("use [shop]", new SqlOutcome.DatabaseChanged("shop"))
                .when("q", ScriptedEndpoint.one(SqlType.INT, 3));
        SQLServerConnectionPoolDataSource source = new SQLServerConnectionPoolDataSource();
        source.setURL("jdbc:sqlserver://localhost:" + server.port() + ";encrypt=false");
        source.setUser(Driver.USER);
        source.setPassword(Driver.PASSWORD);
        var pooled = source.getPooledConnection();
        try (Connection first = pooled.getConnection()) {
            first.setCatalog("shop");
        }
        try (Connection second = pooled.getConnection();
                Statement statement = second.createStatement()) {
            assertThat(statement.execute("q")).isTrue();
            assertThat(second.getCatalog()).isEqualTo("master");
        }
        pooled.close();
        assertThat(endpoint.resets).hasPositiveValue();
    }
}
