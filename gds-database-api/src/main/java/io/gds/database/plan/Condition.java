package io.gds.database.plan;

import static java.util.Objects.requireNonNull;

/**
 * A step takes part only when an earlier step journalled a certain fact; otherwise it is skipped. This is how a plan holds
 * a choice that is made late: both roads are in it, and the journalled choice says which one is gone.
 *
 * @param step the step that makes the choice
 * @param fact the name of its fact
 * @param value the value that the fact must have
 */
public record Condition(StepId step, String fact, String value) {
    /** Checks the parts. */
    public Condition {
        requireNonNull(step, "step");
        requireNonNull(fact, "fact");
        requireNonNull(value, "value");
    }

    /**
     * Whether the choice was made so.
     *
     * @param facts what the choosing step journalled; nothing when it was skipped
     */
    public boolean isMet(Params facts) {
        return facts.has(fact) && value.equals(String.valueOf(facts.asMap().get(fact)));
    }

    @Override
    public String toString() {
        return "when " + step + " chose " + value;
    }

    Params document() {
        return Params.of("step", step.value(), "fact", fact, "value", value);
    }

    static Condition fromDocument(Params doc) {
        return new Condition(StepId.of(doc.string("step")), doc.string("fact"), doc.string("value"));
    }
}
