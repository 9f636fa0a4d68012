package io.gds.database.testkit.tds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.BatchUpdateException;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Statements with parameters, and several at once. */
@Timeout(60)
class TdsStatementsTest {
    private final ScriptedEndpoint endpoint = new ScriptedEndpoint();
    private TdsServer server;
    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        server = TdsServer.builder(DriverPhrases.around(endpoint))
                .encryption(Encryption.NOT_SUPPORTED)
                .start();
        connection = Driver.connect(server);
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        server.close();
    }

    @Test
    void aStatementIsTheSameWhetherItIsPreparedOrNot() throws SQLException {
        String sql = "SELECT x WHERE a = @P0 AND b = @P1";
        endpoint.when(
                sql,
                batch -> List.of(ScriptedEndpoint.one(
                        SqlType.BIGINT, batch.parameter("@p0").orElseThrow().value())));
        try (PreparedStatement statement = connection.prepareStatement("SELECT x WHERE a = ? AND b = ?")) {
            for (int i = 0; i < 5; i++) { // sp_executesql, sp_prepexec, then sp_execute
                statement.setLong(1, i);
                statement.setString(2, "b" + i);
                try (ResultSet rows = statement.executeQuery()) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getLong(1)).isEqualTo(i);
                }
            }
        }
        assertThat(endpoint.batches).hasSize(5).allSatisfy(batch -> {
            assertThat(batch.kind()).isEqualTo(SqlBatch.Kind.STATEMENT);
            assertThat(batch.parameters()).extracting(SqlParameter::name).containsExactly("@P0", "@P1");
        });
        assertThat(endpoint.batches.get(4).parameters())
                .extracting(SqlParameter::value)
                .containsExactly(4L, "b4");
    }

    @Test
    void theDriverForgetsStatementsWithoutTheSessionsHelp() throws SQLException {
        for (int i = 0; i < 15; i++) { // it collects ten before it sends them
            String sql = "INSERT " + i;
            endpoint.when(sql + " @P0", new SqlOutcome.UpdateCount(1));
            try (PreparedStatement statement = connection.prepareStatement(sql + " ?")) {
                for (int n = 0; n < 3; n++) {
                    statement.setInt(1, n);
                    assertThat(statement.executeUpdate()).isEqualTo(1);
                }
            }
        }
        assertThat(endpoint.batches).hasSize(45);
    }

    @Test
    void batchesHaveACountForEachOfTheirParts() throws SQLException {
        endpoint.when("a;b", new SqlOutcome.UpdateCount(1), new SqlOutcome.UpdateCount(2))
                .when(
                        "INSERT @P0",
                        batch -> batch.parameters().get(0).value() instanceof Integer i && i == 3
                                ? List.of(new SqlOutcome.Failed(2627, 1, 14, "duplicate"))
                                : List.of(new SqlOutcome.UpdateCount(1)));
        try (Statement statement = connection.createStatement()) {
            statement.addBatch("a");
            statement.addBatch("b");
            assertThat(statement.executeBatch()).containsExactly(1, 2);
        }
        try (PreparedStatement statement = connection.prepareStatement("INSERT ?")) {
            for (int i = 1; i <= 4; i++) {
                statement.setInt(1, i);
                statement.addBatch();
            }
            assertThatThrownBy(statement::executeBatch)
                    .isInstanceOfSatisfying(BatchUpdateException.class, e -> assertThat(e.getUpdateCounts())
                            .containsExactly(1, 1, Statement.EXECUTE_FAILED, 1))
                    .hasMessageContaining("duplicate");
        }
    }

    @Test
    void outputParametersComeBack() throws SQLException {
        endpoint.when(
                "EXEC @P0 = dbo.double_it @P1, @P2 OUT",
                batch -> List.of(
                        ScriptedEndpoint.one(SqlType.INT, 1),
                        new SqlOutcome.Output("@P0", SqlType.INT, 4),
                        new SqlOutcome.Output("@P1", SqlType.INT, 5), // nobody asked
                        new SqlOutcome.Output(
                                "@P2",
                                SqlType.INT,
                                2 * (Integer) batch.parameters().get(1).value())));
        try (CallableStatement call = connection.prepareCall("{? = call dbo.double_it(?, ?)}")) {
            for (int n = 20; n < 23; n++) { // not prepared, being prepared, prepared
                call.registerOutParameter(1, Types.INTEGER);
                call.setInt(2, n);
                call.registerOutParameter(3, Types.INTEGER);
                assertThat(call.execute()).isTrue();
                assertThat(call.getMoreResults()).isFalse();
                assertThat(call.getInt(3)).isEqualTo(2 * n);
                assertThat(call.getInt(1)).isEqualTo(4);
            }
        }
        assertThat(endpoint.batches.get(0).parameters())
                .extracting(SqlParameter::output)
                .containsExactly(true, false, true);
    }

    @Test
    void serverCursorsAreRefused() throws SQLException {
        try (Statement statement =
                connection.createStatement(ResultSet.TYPE_SCROLL_SENSITIVE, ResultSet.CONCUR_READ_ONLY)) {
            assertThatThrownBy(() -> statement.executeQuery("SELECT q")).hasMessageContaining("sp_cursoropen");
        }
        assertThat(connection.isValid(5)).isTrue();
    }
}
