package io.gds.engine.mssql;

import static java.util.Objects.requireNonNull;

import io.gds.database.plan.Params;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One installer that a run started on a server: a row of a {@link HotfixReport}. Immutable.
 *
 * @param run the run's id
 * @param server the host
 * @param order when it came among the installers of the server
 * @param installer its file name
 * @param status what became of it
 * @param started when it began
 * @param completed when it ended
 * @param exitCode what it ended with, as Windows' own tools show it: with a sign
 * @param output what it said; may be empty
 */
public record HotfixStepRow(
        String run,
        String server,
        int order,
        String installer,
        HotfixStatus status,
        Optional<Instant> started,
        Optional<Instant> completed,
        OptionalInt exitCode,
        String output) {
    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException naming the part, when run or server is blank, or a moment is not in the years 1900 to 9999
     */
    public HotfixStepRow {
        ReportValues.named("run", run);
        ReportValues.named("server", server);
        requireNonNull(installer, "installer");
        requireNonNull(status, "status");
        ReportValues.moment("started", started);
        ReportValues.moment("completed", completed);
        requireNonNull(exitCode, "exitCode");
        requireNonNull(output, "output");
    }

    /**
     * A row of the history's view {@code hotfix_steps}.
     *
     * @throws io.gds.database.error.GdsDatabaseException with code {@code GDS-PARAM} naming the column, when it is another view's row
     */
    public static HotfixStepRow of(Params row) {
        String path = row.string("installer");
        return new HotfixStepRow(
                row.string("run"),
                row.string("server"),
                Math.toIntExact(row.integer("order")),
                path.substring(path.lastIndexOf('\\') + 1),
                HotfixStatus.of(row.string("status")),
                row.optionalString("started").map(Instant::parse),
                row.optionalString("completed").map(Instant::parse),
                row.has("exit_code") ? OptionalInt.of(Math.toIntExact(row.integer("exit_code"))) : OptionalInt.empty(),
                row.optionalString("output").orElse(""));
    }
}
