package io.gds.database.plan;

/** How much it matters that a bracket closes early when things do not go on as planned. */
public enum Urgency {
    /** Nobody feels it: it closes at its place. */
    CALM,
    /** It closes before everything else of a way back, and no gate may stand inside it. */
    URGENT,
    /**
     * Clients wait as long as it is open. As {@link #URGENT}; and a process that takes over a run whose driver died inside
     * closes it before it does anything else, and opens it again only when what is inside has to go on. A closer that must
     * wait for something first (it answers {@link io.gds.database.spi.Prepared.Hold}) closes at its place.
     */
    BLOCKING;

    /** Whether it closes before everything else of a way back. */
    public boolean closesFirst() {
        return this != CALM;
    }
}
