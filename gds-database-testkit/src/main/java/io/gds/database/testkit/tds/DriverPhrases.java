package io.gds.database.testkit.tds;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Answers the SQL that the JDBC driver sends by itself, so that sessions need not: of {@code isValid}, {@code setAutoCommit},
 * {@code commit}, {@code rollback}, {@code setTransactionIsolation}, lock timeouts and limits of rows.
 */
public final class DriverPhrases {
    private static final Pattern CHECK = Pattern.compile("\\s*SELECT\\s+1\\s*;?\\s*", Pattern.CASE_INSENSITIVE);

    private static final Pattern SETTINGS = Pattern.compile(
            ("( ?("
                            + "SET IMPLICIT_TRANSACTIONS (ON|OFF)"
                            + "|IF @@TRANCOUNT > 0 (COMMIT|ROLLBACK) TRAN"
                            + "|SET TRANSACTION ISOLATION LEVEL"
                            + " (READ UNCOMMITTED|READ COMMITTED|REPEATABLE READ|SERIALIZABLE|SNAPSHOT)"
                            + "|SET (LOCK_TIMEOUT|ROWCOUNT|TEXTSIZE) -?\\d+"
                            + "|SET (QUOTED_IDENTIFIER|CONCAT_NULL_YIELDS_NULL) (ON|OFF)"
                            + ") ?;? ?)+")
                    .replace(" ", "\\s+")
                    .replace("\\s+?", "\\s*"),
            Pattern.CASE_INSENSITIVE);

    private DriverPhrases() {}

    /** An endpoint whose sessions see everything but the driver's own phrases. */
    public static SqlEndpoint around(SqlEndpoint inner) {
        return login -> new Session(inner.login(login));
    }

    /** The answer, when this is one of the driver's own phrases. */
    public static Optional<List<SqlOutcome>> answer(SqlBatch batch) {
        if (batch.kind() != SqlBatch.Kind.TEXT) {
            return Optional.empty();
        }
        if (CHECK.matcher(batch.text()).matches()) {
            return Optional.of(
                    List.of(SqlOutcome.Rows.of(new SqlColumn("", SqlType.INT)).row(1)));
        }
        return SETTINGS.matcher(batch.text()).matches() ? Optional.of(List.of()) : Optional.empty();
    }

    private record Session(SqlSession inner) implements SqlSession {
        @Override
        public List<SqlOutcome> execute(SqlBatch batch) throws SqlFailure, InterruptedException {
            Optional<List<SqlOutcome>> answer = answer(batch);
            return answer.isPresent() ? answer.get() : inner.execute(batch);
        }

        @Override
        public void number(int id) {
            inner.number(id);
        }

        @Override
        public void attention() {
            inner.attention();
        }

        @Override
        public String database() {
            return inner.database();
        }

        @Override
        public void reset() {
            inner.reset();
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
