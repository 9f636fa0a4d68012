package io.gds.database.gate;

import io.gds.database.topology.Topology;

/**
 * A condition that the host program supplies and plans name with {@code Gates.check(name)}.
 *
 * <p>Called by the process that drives the run, on a worker thread, each time the gate is evaluated; it may block for a
 * few seconds and must be thread-safe. When it throws, the gate stays closed and the wait says why.
 */
@FunctionalInterface
public interface GateCheck {
    /** What a check says. */
    enum Answer {
        /** The condition holds. */
        OPEN,
        /** It does not hold yet. */
        CLOSED,
        /** It cannot be told; a person must decide by approving the gate. */
        INCONCLUSIVE
    }

    /**
     * Evaluates the condition.
     *
     * @param topology the cluster as it is now
     */
    Answer evaluate(Topology topology);
}
