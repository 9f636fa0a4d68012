package io.gds.database.plan;

import static java.util.Objects.requireNonNull;

/**
 * A named condition that must open before its step begins.
 *
 * @param name unique within the plan; what people approve
 * @param rule when it opens
 */
public record Gate(String name, GateRule rule) {
    /** Checks the parts. */
    public Gate {
        requireNonNull(name, "name");
        requireNonNull(rule, "rule");
    }
}
