package io.gds.database.testkit.tds;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;

/** Executes the requests of one session, one after the other, on a thread of its own. */
final class RequestLoop {
    private static final long FIRST_TRANSACTION = 1;

    private final ServerState server;
    private final SqlSession session;
    private final Running running;
    private final FaultyStream faulty;
    private final PacketWriter out;
    private final String loginDatabase;
    private final BlockingQueue<Optional<TdsMessage>> queue = new LinkedBlockingQueue<>();
    private final Statements statements = new Statements();
    private final AtomicReference<String> database;
    private long transaction = FIRST_TRANSACTION;

    RequestLoop(ServerState server, TdsLink link, int id, Handshake.LoggedIn client, Running running) {
        this.server = server;
        this.session = client.session();
        this.running = running;
        this.faulty = new FaultyStream(link);
        this.out = new PacketWriter(faulty, TdsMessage.REPLY, id, client.login().packetSize());
        this.loginDatabase = client.database();
        this.database = new AtomicReference<>(client.database());
    }

    /** On any thread. */
    void add(TdsMessage message) {
        queue.add(Optional.of(message));
    }

    /** No request comes after those before; on any thread. */
    void end() {
        queue.add(Optional.empty());
    }

    /** On any thread. */
    String database() {
        return database.get();
    }

    /** Ends after {@link #end}, or with the connection. */
    void run() throws IOException, InterruptedException {
        Optional<TdsMessage> next = queue.take();
        while (next.isPresent()) {
            TdsMessage message = next.get();
            if (!faulty.isMute() && !server.faults().isSilent(Silence.REQUESTS) && !answer(message)) {
                return;
            }
            next = queue.take();
        }
    }

    /** Gives back whether the connection goes on. */
    private boolean answer(TdsMessage message) throws IOException {
        Answer answer = new Answer(out, server.name(), database, running::isCut);
        if (message.type() == TdsMessage.ATTENTION) {
            running.acknowledge();
            answer.attention();
            return true;
        }
        if (message.has(TdsMessage.IGNORE)) {
            // The client changed its mind in the middle of the request.
            TokenWriter.done(TokenWriter.DONE, TokenWriter.ERROR, 0, 0).writeTo(out);
            out.endMessage();
            return true;
        }
        if (message.has(TdsMessage.RESET | TdsMessage.RESET_BUT_KEEP_TRANSACTION)) {
            reset(answer);
        }
        running.begin();
        try {
            execute(message, answer);
        } finally {
            running.end();
        }
        return !answer.isFatal();
    }

    private void reset(Answer answer) throws IOException {
        session.reset();
        statements.reset();
        answer.environment(EnvironmentChange.resetDone());
        if (!database.get().equals(loginDatabase)) {
            answer.outcomes(List.of(new SqlOutcome.DatabaseChanged(loginDatabase)));
        }
    }

    private void execute(TdsMessage message, Answer answer) throws IOException {
        switch (message.type()) {
            case TdsMessage.BATCH -> {
                String text = message.cursorAfterHeaders().rest();
                if (!statements.forgets(text)) {
                    answer.outcomes(outcomes(SqlBatch.text(text)));
                }
                answer.endBatch();
            }
            case TdsMessage.RPC -> calls(message, answer);
            case TdsMessage.TRANSACTION -> {
                transaction(TransactionRequest.read(message), answer);
                answer.endBatch();
            }
            default -> throw new ProtocolException("a message of type " + message.type());
        }
    }

    /** What cannot be read has come to its end all the same, and the connection goes on. */
    private void calls(TdsMessage message, Answer answer) throws IOException {
        List<RpcRequest> calls;
        try {
            calls = RpcRequest.read(message);
        } catch (ProtocolException e) {
            answer.failed(Answer.ownFailure(e));
            answer.endBatch();
            return;
        }
        for (int i = 0; i < calls.size(); i++) {
            answer.beginCall();
            RpcTask task = RpcTask.nothing();
            try {
                task = statements.task(calls.get(i));
                if (task.batch().isPresent()) {
                    answer.outcomes(outcomes(task.batch().get()));
                }
            } catch (SqlFailure e) {
                answer.failed(e.outcome());
            }
            boolean last = i == calls.size() - 1 || answer.isFatal();
            answer.endCall(new CallResults(task), last);
            if (last) {
                return;
            }
        }
    }

    private void transaction(TransactionRequest request, Answer answer) throws IOException {
        Optional<SqlBatch> batch = request.batch();
        if (batch.isEmpty()) {
            answer.failed(request.refusal().outcome());
            return;
        }
        List<SqlOutcome> outcomes = outcomes(batch.get());
        answer.outcomes(outcomes);
        if (!running.isCut() && outcomes.stream().noneMatch(o -> o instanceof SqlOutcome.Failed)) {
            answer.environment(request.change(transaction));
            transaction += request.begins() ? 0 : 1;
        }
    }

    /** Errors become outcomes; what was cancelled, before or while it was executed, has none. */
    private List<SqlOutcome> outcomes(SqlBatch batch) throws IOException {
        if (running.isCut()) {
            return List.of();
        }
        Optional<AnswerFault> fault = server.faults().take(batch);
        if (fault.isPresent() && fault.get() == AnswerFault.RESET_BEFORE_EXECUTION) {
            faulty.next(fault.get());
        }
        List<SqlOutcome> outcomes = executed(batch);
        if (fault.isPresent()) {
            faulty.next(fault.get());
        }
        return outcomes;
    }

    private List<SqlOutcome> executed(SqlBatch batch) {
        server.countBatch();
        try {
            List<SqlOutcome> outcomes = session.execute(batch);
            server.faults().holdAnswer();
            return outcomes;
        } catch (SqlFailure e) {
            return List.of(e.outcome());
        } catch (InterruptedException | RuntimeException | AssertionError e) {
            return running.isCut() ? List.of() : List.of(Answer.ownFailure(e));
        }
    }
}
