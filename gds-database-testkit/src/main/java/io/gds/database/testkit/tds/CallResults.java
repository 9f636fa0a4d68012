package io.gds.database.testkit.tds;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Puts the values that go back from a procedure call at the places of its parameters.
 *
 * @param task the call
 */
record CallResults(RpcTask task) {
    /** Values nobody asked for are left out. */
    void write(List<SqlOutcome.Output> outputs, OutputStream out) throws IOException {
        OptionalInt handle = task.handle();
        if (handle.isPresent()) {
            SqlOutcome.Output value = new SqlOutcome.Output("", SqlType.INT, handle.getAsInt());
            TokenWriter.returnValue(0, value).writeTo(out);
        }
        List<SqlParameter> parameters = task.batch().map(SqlBatch::parameters).orElse(List.of());
        for (int i = 0; i < parameters.size(); i++) {
            Optional<SqlOutcome.Output> output = valueOf(parameters.get(i), outputs);
            if (output.isPresent()) {
                TokenWriter.returnValue(task.skipped() + i, output.get()).writeTo(out);
            }
        }
    }

    private static Optional<SqlOutcome.Output> valueOf(SqlParameter parameter, List<SqlOutcome.Output> outputs) {
        return outputs.stream()
                .filter(o -> parameter.output() && o.name().equalsIgnoreCase(parameter.name()))
                .findFirst();
    }
}
