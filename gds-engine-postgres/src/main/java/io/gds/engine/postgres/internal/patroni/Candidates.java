package io.gds.engine.postgres.internal.patroni;

import io.gds.database.plan.Params;

/** What tags say about a member as a future leader. */
final class Candidates {
    private Candidates() {}

    /** Whether Patroni would let the member lead: not tagged nofailover, and no priority of zero. */
    static boolean mayLead(Params tags) {
        Object nofailover = tags.asMap().get("nofailover");
        if (nofailover != null) {
            return !isTrue(nofailover); // it goes before the priority
        }
        Object priority = tags.asMap().get("failover_priority");
        return priority == null || !String.valueOf(priority).matches("0|-\\d+");
    }

    private static boolean isTrue(Object tag) {
        return String.valueOf(tag).equalsIgnoreCase("true")
                || String.valueOf(tag).equalsIgnoreCase("on")
                || String.valueOf(tag).equalsIgnoreCase("yes")
                || String.valueOf(tag).equals("1");
    }
}
