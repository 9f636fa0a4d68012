package io.gds.engine.mssql.internal.windows;

import io.gds.database.plan.Params;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How far a job is, by all that its host can tell.
 *
 * @param stage how far
 * @param phase what it was at: {@code preparing}, {@code extract}, {@code setup}; empty when it never began
 * @param exitCode the exit code of the last program, when one has ended
 * @param startedAt when it began, by the host's clock
 * @param endedAt when it ended, by the host's clock
 * @param said why it failed, or the end of what the program printed
 */
public record JobState(
        Stage stage,
        String phase,
        OptionalInt exitCode,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        String said) {
    /** How far a job is. */
    public enum Stage {
        /** The host knows nothing of it. */
        ABSENT,
        /** Its task is there and has not begun. */
        WAITING,
        /** It goes on. */
        RUNNING,
        /** Its last program ran to its end. */
        ENDED,
        /** It ended before its last program was started. */
        FAILED_BEFORE,
        /** It broke off before its last program was started: the host restarted, or somebody ended it. */
        BROKEN_BEFORE,
        /** It broke off while its last program ran, or so shortly before that nobody can tell. */
        BROKEN_OFF
    }

    /** The phase in which setup itself runs; all before only gets ready. */
    private static final String SETUP = "setup";

    /** Reads what {@code job-state.ps1} answers. */
    static JobState of(Params answer) {
        Optional<Params> state = answer.has("state") ? Optional.of(answer.object("state")) : Optional.empty();
        String phase = state.flatMap(s -> s.optionalString("phase")).orElse("");
        OptionalInt exit = state.filter(s -> s.has("exitCode"))
                .map(s -> OptionalInt.of(Math.toIntExact(s.integer("exitCode"))))
                .orElseGet(OptionalInt::empty);
        String said = state.flatMap(s -> s.optionalString("failed")).orElseGet(() -> output(answer));
        return new JobState(
                stage(answer, state, phase, exit),
                phase,
                exit,
                state.flatMap(s -> time(s, "startedAt")),
                state.flatMap(s -> time(s, "endedAt")),
                said);
    }

    private static Stage stage(Params answer, Optional<Params> state, String phase, OptionalInt exit) {
        String task = answer.string("task").toLowerCase(Locale.ROOT);
        if (phase.equals("ended")) {
            return Stage.ENDED;
        }
        if (phase.equals("failed")) {
            // An exit code that stands beside the failure is that of a program before setup; setup's own is never a
            // failure here.
            return wasInSetup(state, exit) ? Stage.BROKEN_OFF : Stage.FAILED_BEFORE;
        }
        if (answer.flag("alive") || task.equals("running")) {
            return Stage.RUNNING;
        }
        if (state.isEmpty()) {
            if (!answer.flag("marked")) {
                return task.equals("none") ? Stage.ABSENT : Stage.WAITING;
            }
            return Stage.BROKEN_BEFORE;
        }
        return phase.equals(SETUP) ? Stage.BROKEN_OFF : Stage.BROKEN_BEFORE;
    }

    private static boolean wasInSetup(Optional<Params> state, OptionalInt exit) {
        return exit.isEmpty()
                && state.flatMap(s -> s.optionalString("at"))
                        .filter(SETUP::equals)
                        .isPresent();
    }

    private static String output(Params answer) {
        String error = answer.optionalString("error").orElse("");
        return error.isBlank() ? answer.optionalString("output").orElse("") : error;
    }

    private static Optional<Instant> time(Params state, String key) {
        try {
            return state.optionalString(key).map(t -> OffsetDateTime.parse(t).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Whether nothing more will come of it. */
    public boolean isOver() {
        return stage != Stage.WAITING && stage != Stage.RUNNING;
    }

    /** Whether it is certain that setup was not started by it. */
    public boolean setupNeverStarted() {
        return stage == Stage.ABSENT || stage == Stage.FAILED_BEFORE || stage == Stage.BROKEN_BEFORE;
    }
}
