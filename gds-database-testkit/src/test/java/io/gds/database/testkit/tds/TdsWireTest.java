package io.gds.database.testkit.tds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the protocol has and the driver never says, byte by byte. */
@Timeout(60)
class TdsWireTest {
    private static final int BEGIN = 5;
    private static final int COMMIT = 7;
    private static final int ROLLBACK = 8;
    private static final int SAVE = 9;
    private static final int SP_PREPARE = 11;
    private static final int SP_EXECUTE = 12;
    private static final int SP_UNPREPARE = 15;

    private final ScriptedEndpoint endpoint = new ScriptedEndpoint().when("q", new SqlOutcome.UpdateCount(3));
    private TdsServer server;
    private RawClient client;

    @BeforeEach
    void connect() throws IOException {
        server = TdsServer.builder(endpoint).start();
        client = RawClient.loggedIn(server);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    private void assertDone(int token, int status, long rows) throws IOException {
        assertDone(client.receive(), token, status, rows);
    }

    private static void assertDone(TdsCursor answer, int token, int status, long rows) throws IOException {
        assertThat(answer.u8()).isEqualTo(token);
        assertThat(answer.u16()).isEqualTo(status);
        answer.u16();
        assertThat(answer.i64()).isEqualTo(rows);
        assertThat(answer.atEnd()).isTrue();
    }

    private static int errorNumber(TdsCursor answer) throws IOException {
        assertThat(answer.u8()).isEqualTo(0xAA);
        return answer.skip(2).i32();
    }

    @Test
    void theLoginIsReadFieldByField() {
        assertThat(endpoint.logins).containsExactly(new Login("raw", "secret", "db", "app", "host", "server", false));
    }

    @Test
    void anAttentionWithoutARequestIsConfirmed() throws IOException {
        client.send(TdsMessage.ATTENTION, new TdsBuffer());
        assertDone(TokenWriter.DONE, TokenWriter.ATTENTION, 0);
        assertThat(endpoint.attentions).hasValue(0);
        assertThat(server.counts().attentions()).isEqualTo(1);
    }

    @Test
    void anAttentionIsConfirmedAfterTheEndOfWhatItCuts() throws Exception {
        CountDownLatch executing = new CountDownLatch(1);
        endpoint.when("slow", batch -> {
            executing.countDown();
            return ScriptedEndpoint.untilInterrupted();
        });
        client.send(TdsMessage.BATCH, RawClient.request().utf16("slow"));
        executing.await();
        client.send(TdsMessage.ATTENTION, new TdsBuffer());
        assertDone(TokenWriter.DONE, TokenWriter.FINAL, 0);
        assertDone(TokenWriter.DONE, TokenWriter.ATTENTION, 0);
        client.send(TdsMessage.BATCH, RawClient.request().utf16("q"));
        assertDone(TokenWriter.DONE, TokenWriter.COUNT, 3);
    }

    @Test
    void aRequestTheClientTakesBackIsNotExecuted() throws IOException {
        client.sendPacket(TdsMessage.BATCH, 0, RawClient.request().utf16("q"));
        client.sendPacket(TdsMessage.BATCH, TdsMessage.END | TdsMessage.IGNORE, new TdsBuffer());
        assertDone(TokenWriter.DONE, TokenWriter.ERROR, 0);
        assertThat(endpoint.batches).isEmpty();
    }

    @Test
    void transactionsOfTheTransactionManagerReachTheSession() throws IOException {
        endpoint.when("BEGIN TRAN").when("COMMIT TRAN").when("ROLLBACK TRAN");
        assertTransaction(BEGIN, "BEGIN TRAN", 8);
        assertTransaction(COMMIT, "COMMIT TRAN", 9);
        assertTransaction(BEGIN, "BEGIN TRAN", 8);
        assertTransaction(ROLLBACK, "ROLLBACK TRAN", 10);
        assertThat(endpoint.batches).hasSize(4).allSatisfy(b -> assertThat(b.kind())
                .isEqualTo(SqlBatch.Kind.TRANSACTION));
    }

    private void assertTransaction(int number, String text, int change) throws IOException {
        client.send(TdsMessage.TRANSACTION, RawClient.request().u16(number).u16(0));
        TdsCursor answer = client.receive();
        assertThat(answer.u8()).isEqualTo(0xE3);
        assertThat(answer.u16()).isEqualTo(11);
        assertThat(answer.u8()).as(text).isEqualTo(change);
        assertDone(answer.skip(10), TokenWriter.DONE, TokenWriter.FINAL, 0);
    }

    @Test
    void aTransactionThatFailsChangesNothing() throws IOException {
        endpoint.when("COMMIT TRAN", new SqlOutcome.Failed(3902, 1, 16, "no transaction"));
        client.send(TdsMessage.TRANSACTION, RawClient.request().u16(COMMIT).u16(0));
        assertThat(errorNumber(client.receive())).isEqualTo(3902);
        client.send(TdsMessage.TRANSACTION, RawClient.request().u16(SAVE).u16(0));
        assertThat(errorNumber(client.receive())).isEqualTo(50000);
    }

    @Test
    void aStatementIsPreparedExecutedAndForgotten() throws IOException {
        endpoint.when("UPDATE @a", new SqlOutcome.UpdateCount(2));
        TdsBuffer prepare = RawClient.call(SP_PREPARE);
        RawClient.parameter(prepare, SqlType.INT, null);
        RawClient.parameter(prepare, SqlType.nvarchar(50), "@a decimal(10, 2), @b int");
        RawClient.parameter(prepare, SqlType.nvarchar(50), "UPDATE @a");
        RawClient.parameter(prepare, SqlType.INT, 1);
        client.send(TdsMessage.RPC, prepare);
        TdsCursor prepared = client.receive();
        assertThat(prepared.u8()).isEqualTo(0x79);
        assertThat(prepared.skip(4).u8()).isEqualTo(0xAC);
        int handle = prepared.skip(2 + 1 + 1 + 4 + 2 + 2 + 1).i32();
        assertDone(prepared, TokenWriter.DONE_OF_PROCEDURE, TokenWriter.FINAL, 0);

        client.send(TdsMessage.RPC, execute(handle));
        TdsCursor executed = client.receive();
        assertThat(executed.u8()).isEqualTo(TokenWriter.DONE_IN_PROCEDURE);
        assertThat(executed.u16()).isEqualTo(TokenWriter.COUNT | TokenWriter.MORE);
        assertThat(executed.skip(2).i64()).isEqualTo(2);
        assertThat(endpoint.batches.get(0).parameters())
                .containsExactly(new SqlParameter("@a", 5, false), new SqlParameter("@b", "x", false));

        TdsBuffer forget = RawClient.call(SP_UNPREPARE);
        RawClient.parameter(forget, SqlType.INT, handle);
        client.send(TdsMessage.RPC, forget);
        client.receive();
        client.send(TdsMessage.RPC, execute(handle));
        assertThat(errorNumber(client.receive())).isEqualTo(8179);
        assertThat(endpoint.batches).hasSize(1);
    }

    private static TdsBuffer execute(int handle) {
        TdsBuffer execute = RawClient.call(SP_EXECUTE);
        RawClient.parameter(execute, SqlType.INT, handle);
        RawClient.parameter(execute, SqlType.INT, 5);
        RawClient.parameter(execute, SqlType.NVARCHAR_MAX, "x");
        return execute;
    }

    @Test
    void aProcedureIsCalledByItsNameAndReturnsItsStatus() throws IOException {
        endpoint.when("dbo.p", new SqlOutcome.ReturnStatus(4));
        TdsBuffer call = RawClient.request().u16(5).utf16("dbo.p").u16(0);
        call.shortText("@x").u8(0);
        TypeWriter.type(call, SqlType.BIT);
        TypeWriter.value(call, SqlType.BIT, true);
        client.send(TdsMessage.RPC, call);
        TdsCursor answer = client.receive();
        assertThat(answer.u8()).isEqualTo(0x79);
        assertThat(answer.i32()).isEqualTo(4);
        assertDone(answer, TokenWriter.DONE_OF_PROCEDURE, TokenWriter.FINAL, 0);
        assertThat(endpoint.batches)
                .containsExactly(
                        new SqlBatch(SqlBatch.Kind.PROCEDURE, "dbo.p", List.of(new SqlParameter("@x", true, false))));
    }

    @Test
    void aParameterOfAnUnknownTypeIsAnErrorOfTheRequest() throws IOException {
        client.send(TdsMessage.RPC, RawClient.call(SP_EXECUTE).u8(0).u8(0).u8(0xF1));
        assertThat(errorNumber(client.receive())).isEqualTo(50000);
        client.send(TdsMessage.BATCH, RawClient.request().utf16("q"));
        assertDone(TokenWriter.DONE, TokenWriter.COUNT, 3);
    }

    @Test
    void whatIsNoMessageEndsTheConnection() throws IOException {
        client.sendPacket(0x77, TdsMessage.END, new TdsBuffer());
        assertThatThrownBy(() -> client.receive()).isInstanceOf(IOException.class);
    }
}
