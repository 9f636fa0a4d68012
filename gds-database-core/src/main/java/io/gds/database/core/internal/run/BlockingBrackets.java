package io.gds.database.core.internal.run;

import io.gds.database.plan.Urgency;
import io.gds.database.run.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The brackets that clients wait in. Those that a forerunner left open close before anything else and open again when what is
 * inside goes on; and nothing begins inside one that may have ended by itself. Reads the state and changes nothing of it.
 */
final class BlockingBrackets {
    /**
     * A bracket that a forerunner opened, or may have opened.
     *
     * @param opener what opens it, on the way there or back
     * @param closer what closes it on the same way
     */
    record Left(RunStep opener, RunStep closer) {}

    /** What blocks clients ends by itself at some time; how long ago it was seen must be little beside that. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final RunState s;

    BlockingBrackets(RunState s) {
        this.s = s;
    }

    /** What a forerunner left open on the way that the run is on. */
    List<Left> left() {
        boolean returning = s.returns().stream().anyMatch(way -> way.scope().equals(Return.RUN));
        List<Left> out = new ArrayList<>();
        for (RunStep step : s.steps().values()) {
            if (blocks(step) && (step.back() || !returning) && openedBefore(s.run(step.id()))) {
                s.closing(step).ifPresent(closer -> out.add(new Left(step, closer)));
            }
        }
        return out;
    }

    /** Whether clients wait from this step until its bracket closes. */
    boolean blocks(RunStep step) {
        boolean opens = step.back()
                ? step.source().isCloser() && !step.closes()
                : step.source().isOpener();
        return opens && step.source().bracket().orElseThrow().urgency() == Urgency.BLOCKING;
    }

    private boolean openedBefore(StepRun opener) {
        return switch (opener.state()) {
            case INTENT, APPLIED -> opener.intentEpoch() < s.epoch();
            case VERIFIED -> opener.confirmedEpoch() < s.epoch();
            default -> false;
        };
    }

    /** Whether something inside has still to go on. */
    boolean isNeeded(RunStep opener) {
        return effects(opener).anyMatch(this::isOpen);
    }

    /** Whether something inside has begun, and how that went must be found out first. */
    boolean hasBegun(RunStep opener) {
        return effects(opener)
                .map(x -> s.run(x.id()).state())
                .anyMatch(x -> x == StepState.INTENT || x == StepState.APPLIED);
    }

    /** Whether what it was opened for is done. */
    boolean isServed(RunStep opener) {
        return !isNeeded(opener) && effects(opener).anyMatch(x -> s.run(x.id()).state() == StepState.VERIFIED);
    }

    /** The first opener around a step that was closed at a take-over and must be opened again before the step goes on. */
    Optional<RunStep> toReopen(RunStep step) {
        return step.insideOf().stream()
                .sorted()
                .map(s::runStep)
                .filter(this::blocks)
                .filter(this::isOpen)
                .findFirst();
    }

    /** An opener around a step that was seen open so long ago that its own timer may have closed it since. */
    Optional<RunStep> toConfirm(RunStep step, Instant now) {
        return step.insideOf().stream()
                .sorted()
                .map(s::runStep)
                .filter(this::blocks)
                .filter(o -> s.run(o.id()).state() == StepState.VERIFIED)
                .filter(o -> s.run(o.id()).confirmedAt().plus(FRESH).isBefore(now))
                .findFirst();
    }

    private boolean isOpen(RunStep step) {
        return switch (s.run(step.id()).state()) {
            case PLANNED, INTENT, APPLIED -> true;
            default -> false;
        };
    }

    private Stream<RunStep> effects(RunStep opener) {
        return s.steps().values().stream()
                .filter(x -> x.insideOf().contains(opener.id())
                        && x.source().bracket().isEmpty());
    }
}
