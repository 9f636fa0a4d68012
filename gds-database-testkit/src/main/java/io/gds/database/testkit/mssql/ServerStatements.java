package io.gds.database.testkit.mssql;

import io.gds.database.testkit.tds.SqlBatch;
import io.gds.database.testkit.tds.SqlFailure;
import io.gds.database.testkit.tds.SqlOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The statements of an administrator, executed on a {@link ServerCatalogue}. A text that is none of them is nobody's here. */
final class ServerStatements {
    private final List<Known> known = new ArrayList<>();

    /** Executes a statement that it knows. */
    @FunctionalInterface
    interface Execution {
        /** Gives back its answer. */
        List<SqlOutcome> of(Matcher statement, Call call) throws SqlFailure;
    }

    /** A statement as it came, and from which session. */
    record Call(SqlBatch batch, int session) {
        String value(String written) {
            return TransactSql.value(batch, written);
        }
    }

    private record Known(Pattern pattern, Execution execution) {}

    ServerStatements(ServerCatalogue all, SessionEnd end) {
        new OptionStatements(all).register(this);
        new LoginStatements(all).register(this);
        new SessionStatements(all, end).register(this);
        new DatabaseStatements(all).register(this);
        new DatabaseOptionStatements(all, end).register(this);
        new BackupStatements(all).register(this);
        new RestoreStatements(all).register(this);
        new ErrorLogStatements(all).register(this);
    }

    /** Cuts the connection of a session. */
    @FunctionalInterface
    interface SessionEnd {
        /** Cuts it. */
        void of(int session);
    }

    /** One blank of the pattern stands for any. */
    void know(String pattern, Execution execution) {
        known.add(new Known(TransactSql.statement(pattern), execution));
    }

    /** Empty when it is none of these statements. */
    Optional<List<SqlOutcome>> answer(SqlBatch batch, int session) throws SqlFailure {
        String text = batch.text().strip();
        for (Known each : known) {
            Matcher m = each.pattern().matcher(text);
            if (m.matches()) {
                return Optional.of(each.execution().of(m, new Call(batch, session)));
            }
        }
        return Optional.empty();
    }

    static List<SqlOutcome> done() {
        return List.of(new SqlOutcome.Done());
    }

    static SqlFailure failure(int number, String text) {
        return new SqlFailure(number, 1, 16, text);
    }

    /** An error and the one that always follows it. */
    static List<SqlOutcome> terminated(String what, SqlFailure because) {
        return List.of(
                new SqlOutcome.Failed(
                        because.number(), because.state(), because.severity(), String.valueOf(because.getMessage())),
                new SqlOutcome.Failed(3013, 1, 16, what + " is terminating abnormally."));
    }
}
