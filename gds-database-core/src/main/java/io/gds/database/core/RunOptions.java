package io.gds.database.core;

import io.gds.database.gate.Approval;
import java.util.Map;
import java.util.TreeMap;

/** What is said once, when a run is created. Immutable. */
public final class RunOptions {
    private static final RunOptions NONE = new RunOptions(Map.of());

    private final Map<String, Approval> acknowledged;

    private RunOptions(Map<String, Approval> acknowledged) {
        this.acknowledged = Map.copyOf(acknowledged);
    }

    /** Nothing special. */
    public static RunOptions none() {
        return NONE;
    }

    /** A named person has seen a finding of severity ACK and wants the run all the same. */
    public RunOptions acknowledge(String findingId, Approval by) {
        Map<String, Approval> more = new TreeMap<>(acknowledged);
        more.put(findingId, by);
        return new RunOptions(more);
    }

    Map<String, Approval> acknowledged() {
        return acknowledged;
    }
}
