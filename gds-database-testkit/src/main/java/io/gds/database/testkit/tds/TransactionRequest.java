package io.gds.database.testkit.tds;

import java.net.ProtocolException;
import java.util.List;
import java.util.Optional;

/**
 * A message of the transaction manager.
 *
 * @param number what it asks for
 */
record TransactionRequest(int number) {
    private static final int BEGIN = 5;
    private static final int COMMIT = 7;
    private static final int ROLLBACK = 8;
    private static final int NOT_SUPPORTED = 50000;

    static TransactionRequest read(TdsMessage message) throws ProtocolException {
        return new TransactionRequest(message.cursorAfterHeaders().u16());
    }

    boolean begins() {
        return number == BEGIN;
    }

    /** Empty for what only distributed transactions need. */
    Optional<SqlBatch> batch() {
        return switch (number) {
            case BEGIN -> Optional.of(named("BEGIN TRAN"));
            case COMMIT -> Optional.of(named("COMMIT TRAN"));
            case ROLLBACK -> Optional.of(named("ROLLBACK TRAN"));
            default -> Optional.empty();
        };
    }

    private static SqlBatch named(String what) {
        return new SqlBatch(SqlBatch.Kind.TRANSACTION, what, List.of());
    }

    SqlFailure refusal() {
        return new SqlFailure(NOT_SUPPORTED, 1, 16, "This stand-in does not know transaction request " + number + ".");
    }

    /** What the client has to know when it was done. */
    EnvironmentChange change(long transaction) {
        return switch (number) {
            case BEGIN -> EnvironmentChange.begin(transaction);
            case COMMIT -> EnvironmentChange.commit(transaction);
            default -> EnvironmentChange.rollback(transaction);
        };
    }
}
