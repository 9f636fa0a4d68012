package io.gds.engine.mongo.wire;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** What goes wrong with commands to one member, the next so many times. Thread-safe. */
public final class Faults {
    /** As often as it is asked. */
    public static final int FOR_EVER = Integer.MAX_VALUE;

    /** What becomes of a command. */
    enum Kind {
        REFUSED,
        IGNORED,
        REQUEST_LOST,
        ANSWER_LOST
    }

    /**
     * A fault that is still to come.
     *
     * @param command which command it hits
     * @param kind what becomes of it
     * @param error the refusal; none where the connection is cut
     * @param left how many times yet
     */
    record Fault(String command, Kind kind, Optional<CommandError> error, AtomicInteger left) {}

    private final List<Fault> coming = new CopyOnWriteArrayList<>();

    /** A refusal without any effect. */
    public void refuse(String command, int times, CommandError error) {
        coming.add(new Fault(command, Kind.REFUSED, Optional.of(error), new AtomicInteger(times)));
    }

    /** It is taken, and nothing comes of it. */
    public void ignore(String command, int times) {
        coming.add(new Fault(command, Kind.IGNORED, Optional.empty(), new AtomicInteger(times)));
    }

    /** The connection is cut, and the command has had no effect. */
    public void loseRequest(String command, int times) {
        coming.add(new Fault(command, Kind.REQUEST_LOST, Optional.empty(), new AtomicInteger(times)));
    }

    /** The connection is cut, and the command has had its effect. */
    public void loseAnswer(String command, int times) {
        coming.add(new Fault(command, Kind.ANSWER_LOST, Optional.empty(), new AtomicInteger(times)));
    }

    Optional<Fault> next(String command) {
        return coming.stream()
                .filter(f -> f.command().equals(command) && f.left().get() > 0)
                .findFirst()
                .filter(f -> f.left().getAndDecrement() > 0);
    }
}
