package io.gds.database.testkit.tds;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is to be done for a procedure call.
 *
 * @param batch what the session executes; empty when there is nothing to execute
 * @param handle goes back to the client as that of a prepared statement
 * @param skipped how many parameters of the call come before those of the batch
 */
record RpcTask(Optional<SqlBatch> batch, OptionalInt handle, int skipped) {
    static RpcTask nothing() {
        return new RpcTask(Optional.empty(), OptionalInt.empty(), 0);
    }

    static RpcTask run(SqlBatch batch, int skipped) {
        return new RpcTask(Optional.of(batch), OptionalInt.empty(), skipped);
    }
}
