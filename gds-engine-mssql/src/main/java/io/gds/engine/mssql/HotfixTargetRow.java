package io.gds.engine.mssql;

import static java.util.Objects.requireNonNull;

import io.gds.database.plan.Params;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * What one run did to one instance: a row of a {@link HotfixReport}. Immutable. Texts are empty where nothing is known.
 *
 * @param run the run's id
 * @param runStarted when the run began; its year, in UTC, chooses the sheet
 * @param server the host
 * @param instance the name of the instance
 * @param environment {@code production} or another word
 * @param family the version people speak of, such as {@code 2022}
 * @param buildBefore the build that it had
 * @param buildAfter the build that it has now
 * @param buildTarget the build that it was to have
 * @param status what became of it
 * @param requiresRestart whether the host still has to be restarted
 * @param error what went wrong
 * @param started when the work on it began
 * @param completed when the work on it ended
 */
public record HotfixTargetRow(
        String run,
        Instant runStarted,
        String server,
        String instance,
        String environment,
        String family,
        String buildBefore,
        String buildAfter,
        String buildTarget,
        HotfixStatus status,
        boolean requiresRestart,
        String error,
        Optional<Instant> started,
        Optional<Instant> completed) {
    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException naming the part, when run or server is blank, or a moment is not in the years 1900 to 9999
     */
    public HotfixTargetRow {
        ReportValues.named("run", run);
        ReportValues.moment("runStarted", Optional.of(runStarted));
        ReportValues.named("server", server);
        requireNonNull(instance, "instance");
        requireNonNull(environment, "environment");
        requireNonNull(family, "family");
        requireNonNull(buildBefore, "buildBefore");
        requireNonNull(buildAfter, "buildAfter");
        requireNonNull(buildTarget, "buildTarget");
        requireNonNull(status, "status");
        requireNonNull(error, "error");
        ReportValues.moment("started", started);
        ReportValues.moment("completed", completed);
    }

    /**
     * A row of the history's view {@code hotfix_targets}.
     *
     * @throws io.gds.database.error.GdsDatabaseException with code {@code GDS-PARAM} naming the column, when it is another view's row
     */
    public static HotfixTargetRow of(Params row) {
        return new HotfixTargetRow(
                row.string("run"),
                Instant.parse(row.string("run_started")),
                row.string("server"),
                text(row, "instance"),
                text(row, "environment"),
                text(row, "family"),
                text(row, "pre_build"),
                text(row, "post_build"),
                text(row, "target_build"),
                HotfixStatus.of(row.string("status")),
                row.integer("requires_restart", 0) != 0,
                text(row, "error").isEmpty() ? text(row, "note") : text(row, "error"),
                row.optionalString("started").map(Instant::parse),
                row.optionalString("completed").map(Instant::parse));
    }

    private static String text(Params row, String column) {
        return row.optionalString(column).orElse("");
    }

    /** How long it took; empty while it is not known, or when two clocks contradict each other. */
    public Optional<Duration> duration() {
        return started.flatMap(
                from -> completed.filter(to -> !to.isBefore(from)).map(to -> Duration.between(from, to)));
    }

    /** The year of the run, in UTC. */
    int year() {
        return runStarted.atOffset(ZoneOffset.UTC).getYear();
    }
}
