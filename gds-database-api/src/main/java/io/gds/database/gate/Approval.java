package io.gds.database.gate;

import static java.util.Objects.requireNonNull;

/**
 * A named person's word on a gate, a finding or a step.
 *
 * @param by who
 * @param reason why
 */
public record Approval(String by, String reason) {
    /** Checks that there is a person. */
    public Approval {
        if (requireNonNull(by, "by").isBlank()) {
            throw new IllegalArgumentException("an approval needs a person");
        }
        requireNonNull(reason, "reason");
    }

    /** A person's word without a reason yet. */
    public static Approval by(String person) {
        return new Approval(person, "");
    }

    /** The same with a reason. */
    public Approval because(String why) {
        return new Approval(by, why);
    }
}
