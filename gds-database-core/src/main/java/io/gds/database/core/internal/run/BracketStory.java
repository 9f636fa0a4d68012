package io.gds.database.core.internal.run;

import io.gds.database.plan.Params;
import io.gds.database.plan.Step;
import io.gds.database.run.StepState;
import java.util.List;
import java.util.stream.Stream;

/** How the brackets of a run stand, over the way there and all ways back. Reads the state and changes nothing of it. */
final class BracketStory {
    private final RunState s;

    BracketStory(RunState s) {
        this.s = s;
    }

    /** Whether what an opener opens is open now and nothing closes it yet: on the way there, or again on a way back. */
    boolean isOpen(Step opener) {
        Step closer = s.graph().closerOf(opener);
        boolean open = s.step(opener.id()).state() == StepState.VERIFIED
                && s.step(closer.id()).state() == StepState.PLANNED;
        for (Return way : s.returns()) {
            for (RunStep end : way.steps()) {
                if (end.source().id().equals(closer.id())) {
                    open = s.run(end.id()).state() == StepState.VERIFIED;
                } else if (end.source().id().equals(opener.id())) {
                    open = open && s.run(end.id()).state() == StepState.PLANNED;
                }
            }
        }
        return open;
    }

    /** Whether it was opened at some time and nobody has seen it closed since. */
    boolean mayBeOpen(Step opener) {
        Step closer = s.graph().closerOf(opener);
        boolean open = s.step(opener.id()).touched() && s.step(closer.id()).state() != StepState.VERIFIED;
        for (Return way : s.returns()) {
            boolean again = ends(way, closer).anyMatch(StepRun::everTouched);
            boolean closed = ends(way, opener).anyMatch(r -> r.state() == StepState.VERIFIED);
            open = (open || again) && !closed;
        }
        return open;
    }

    /** Whether it was opened on the way there and nobody has begun to close it. */
    boolean isSimplyOpen(Step opener) {
        Step closer = s.graph().closerOf(opener);
        return s.step(opener.id()).touched()
                && !s.step(closer.id()).everTouched()
                && s.returns().stream()
                        .flatMap(way -> Stream.concat(ends(way, opener), ends(way, closer)))
                        .noneMatch(StepRun::everTouched);
    }

    /** What was before it was opened for the first time; on a way back, when it is for that way alone. */
    Params preImage(Step opener) {
        List<StepRun> openings = openings(opener);
        return openings.isEmpty() ? Params.empty() : openings.get(0).firstFacts();
    }

    /** What its latest opening journalled. */
    Params latest(Step opener) {
        List<StepRun> openings = openings(opener);
        return openings.isEmpty()
                ? Params.empty()
                : openings.get(openings.size() - 1).facts();
    }

    private List<StepRun> openings(Step opener) {
        Step closer = s.graph().closerOf(opener);
        return Stream.concat(
                        Stream.of(s.step(opener.id())), s.returns().stream().flatMap(way -> ends(way, closer)))
                .filter(StepRun::everTouched)
                .toList();
    }

    private Stream<StepRun> ends(Return way, Step mirrored) {
        return way.steps().stream()
                .filter(end -> end.source().id().equals(mirrored.id()))
                .map(end -> s.run(end.id()));
    }
}
