package io.gds.database.testkit.tds;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes outcomes as tokens. Whether a statement was the last one is known only afterwards, so its end waits for what comes
 * next. Used by one thread.
 */
final class Answer {
    static final int OWN_FAILURE = 50000;

    private static final int FATAL_SEVERITY = 20;
    private static final int REQUEST_ERROR = 16;

    private record Ending(int status, int command, long rows) {}

    private final PacketWriter out;
    private final String server;
    private final BooleanSupplier cut;
    private final AtomicReference<String> database;
    private final List<SqlOutcome.Output> outputs = new ArrayList<>();
    private int returnStatus;
    private int doneToken = TokenWriter.DONE;
    private @Nullable Ending waiting;
    private boolean fatal;

    /**
     * What is cut ends after the row that is being written.
     *
     * @param database the one the connection is in; changes before the client can know of it
     */
    Answer(PacketWriter out, String server, AtomicReference<String> database, BooleanSupplier cut) {
        this.out = out;
        this.server = server;
        this.database = database;
        this.cut = cut;
    }

    /** What follows belongs to a procedure call. */
    void beginCall() {
        doneToken = TokenWriter.DONE_IN_PROCEDURE;
        returnStatus = 0;
        outputs.clear();
    }

    void outcomes(List<SqlOutcome> outcomes) throws IOException {
        for (SqlOutcome outcome : outcomes) {
            if (fatal || cut.getAsBoolean()) {
                return;
            }
            outcome(outcome);
        }
    }

    private void outcome(SqlOutcome outcome) throws IOException {
        if (outcome instanceof SqlOutcome.Rows rows) {
            rows(rows);
        } else if (outcome instanceof SqlOutcome.UpdateCount count) {
            end(TokenWriter.COUNT, TokenWriter.UPDATE, count.rows());
        } else if (outcome instanceof SqlOutcome.Done) {
            end(TokenWriter.FINAL, TokenWriter.ALTER, 0);
        } else if (outcome instanceof SqlOutcome.Info info) {
            token(TokenWriter.info(info, server));
        } else if (outcome instanceof SqlOutcome.Failed failed) {
            failed(failed);
        } else if (outcome instanceof SqlOutcome.DatabaseChanged changed) {
            String before = database.getAndSet(changed.database());
            token(TokenWriter.environment(EnvironmentChange.database(changed.database(), before)));
            token(TokenWriter.info(SqlOutcome.Info.databaseContext(changed.database()), server));
        } else if (outcome instanceof SqlOutcome.ReturnStatus status) {
            returnStatus = status.value();
        } else if (outcome instanceof SqlOutcome.Output output) {
            outputs.add(output);
        }
    }

    /** A row is written whole or not at all, so that an error may come after any of them. */
    private void rows(SqlOutcome.Rows rows) throws IOException {
        token(TokenWriter.columns(rows.columns()));
        long written = 0;
        try {
            for (List<@Nullable Object> row : rows.rows()) {
                if (cut.getAsBoolean()) {
                    break;
                }
                TokenWriter.row(rows.columns(), row).writeTo(out);
                written++;
            }
        } catch (RuntimeException e) {
            failed(ownFailure(e));
            return;
        }
        end(TokenWriter.COUNT, TokenWriter.SELECT, written);
    }

    /** A mistake of whoever wrote the session: the client's test should show it. */
    static SqlOutcome.Failed ownFailure(Throwable e) {
        return new SqlOutcome.Failed(OWN_FAILURE, 1, REQUEST_ERROR, "The stand-in failed: " + e);
    }

    void failed(SqlOutcome.Failed failed) throws IOException {
        token(TokenWriter.error(failed, server));
        fatal = failed.severity() >= FATAL_SEVERITY;
        end(fatal ? TokenWriter.ERROR | TokenWriter.SERVER_ERROR : TokenWriter.ERROR, 0, 0);
    }

    void environment(EnvironmentChange change) throws IOException {
        token(TokenWriter.environment(change));
    }

    private void token(TdsBuffer token) throws IOException {
        endWaiting(TokenWriter.MORE);
        token.writeTo(out);
    }

    private void end(int status, int command, long rows) throws IOException {
        endWaiting(TokenWriter.MORE);
        waiting = new Ending(status, command, rows);
    }

    private void endWaiting(int more) throws IOException {
        if (waiting != null) {
            TokenWriter.done(doneToken, waiting.status() | more, waiting.command(), waiting.rows())
                    .writeTo(out);
            waiting = null;
        }
    }

    /** The procedure call is over; others of the same message may follow. */
    void endCall(CallResults results, boolean last) throws IOException {
        endWaiting(TokenWriter.MORE);
        TokenWriter.returnStatus(returnStatus).writeTo(out);
        results.write(outputs, out);
        int more = last || fatal ? TokenWriter.FINAL : TokenWriter.MORE;
        TokenWriter.done(TokenWriter.DONE_OF_PROCEDURE, more, 0, 0).writeTo(out);
        if (last || fatal) {
            out.endMessage();
        }
    }

    /** The whole answer is over. */
    void endBatch() throws IOException {
        if (waiting == null) {
            end(TokenWriter.FINAL, 0, 0);
        }
        endWaiting(TokenWriter.FINAL);
        out.endMessage();
    }

    /** The confirmation of an attention is a message of its own. */
    void attention() throws IOException {
        end(TokenWriter.ATTENTION, 0, 0);
        endBatch();
    }

    /** After this answer the connection ends. */
    boolean isFatal() {
        return fatal;
    }
}
