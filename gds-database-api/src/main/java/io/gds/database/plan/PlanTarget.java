package io.gds.database.plan;

import static java.util.Objects.requireNonNull;

/**
 * What a plan was made for, whether or not anything is done about it: the rows of the history's list of targets. Beside the plan, not
 * part of its hash.
 *
 * @param name unique in the plan, for example {@code SQL01\PROD}; steps about it alone have it as their target
 * @param server the server it is on; steps in the lane of that name are about all targets there
 * @param from what it ran when the plan was made; empty when nobody could tell
 * @param to what it is meant to run afterwards; empty when nothing is done
 * @param isScheduled whether the plan has steps for it
 * @param note why, for people; may be empty
 * @param details more, by engine
 */
public record PlanTarget(
        String name, String server, String from, String to, boolean isScheduled, String note, Params details) {
    /** Checks the parts. */
    public PlanTarget {
        requireNonNull(name, "name");
        requireNonNull(server, "server");
        requireNonNull(from, "from");
        requireNonNull(to, "to");
        requireNonNull(note, "note");
        requireNonNull(details, "details");
    }

    /** The target as a plain object. */
    public Params document() {
        return Params.of("name", name, "server", server)
                .with("from", from)
                .with("to", to)
                .with("scheduled", isScheduled)
                .with("note", note)
                .with("details", details);
    }

    /** Reads what {@link #document()} wrote. */
    public static PlanTarget fromDocument(Params doc) {
        return new PlanTarget(
                doc.string("name"),
                doc.string("server"),
                doc.string("from"),
                doc.string("to"),
                doc.flag("scheduled"),
                doc.string("note"),
                doc.object("details"));
    }
}
