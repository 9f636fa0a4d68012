package io.gds.database.spi;

import static java.util.Objects.requireNonNull;

import io.gds.database.plan.ActionId;
import io.gds.database.plan.Params;
import io.gds.database.plan.Urgency;

/**
 * A temporary change that an engine wants around a part of a patch. In the parameters of a bracket around the
 * switchover, {@code ${from}} and {@code ${to}} stand for the two members.
 *
 * @param name unique within the plan
 * @param title one line for people
 * @param open the action that makes the change
 * @param openParams its parameters
 * @param close the action that restores what was
 * @param closeParams its parameters
 * @param urgency how early it closes when things do not go on as planned
 */
public record BracketDraft(
        String name,
        String title,
        ActionId open,
        Params openParams,
        ActionId close,
        Params closeParams,
        Urgency urgency) {
    /** Checks the parts. */
    public BracketDraft {
        requireNonNull(name, "name");
        requireNonNull(title, "title");
        requireNonNull(open, "open");
        requireNonNull(openParams, "openParams");
        requireNonNull(close, "close");
        requireNonNull(closeParams, "closeParams");
        requireNonNull(urgency, "urgency");
    }
}
