package io.gds.database.run;

import io.gds.database.plan.Params;
import java.time.Duration;

/**
 * What the availability probe and its ledger saw.
 *
 * @param acknowledged writes whose commit was acknowledged
 * @param failed writes that the server refused or that never reached it
 * @param unknown writes whose answer was lost
 * @param lost acknowledged writes that are not there
 * @param doubled writes that are there more than once
 * @param longestGap the longest time in which no write was acknowledged while the probe was running
 * @param unobserved time during the run in which no process probed
 * @param interval time between two writes of one client
 * @param clients how many clients wrote
 */
public record WriteReport(
        long acknowledged,
        long failed,
        long unknown,
        long lost,
        long doubled,
        Duration longestGap,
        Duration unobserved,
        Duration interval,
        int clients) {

    /** The report as a plain object. */
    public Params document() {
        return Params.of("acknowledged", acknowledged, "failed", failed, "unknown", unknown)
                .with(Params.of("lost", lost, "doubled", doubled, "longestGap", longestGap))
                .with(Params.of("unobserved", unobserved, "interval", interval, "clients", clients));
    }

    /** Reads what {@link #document()} wrote. */
    public static WriteReport fromDocument(Params doc) {
        return new WriteReport(
                doc.integer("acknowledged"),
                doc.integer("failed"),
                doc.integer("unknown"),
                doc.integer("lost"),
                doc.integer("doubled"),
                doc.duration("longestGap"),
                doc.duration("unobserved"),
                doc.duration("interval"),
                Math.toIntExact(doc.integer("clients")));
    }

    @Override
    public String toString() {
        return "longest write gap " + longestGap.toMillis() + " ms (" + clients
                + (clients == 1 ? " client" : " clients")
                + ", one write every " + interval.toMillis() + " ms each), acknowledged " + acknowledged + ", failed "
                + failed + ", outcome unknown " + unknown + ", lost " + lost + ", doubled " + doubled
                + (unobserved.isZero() ? "" : ", unobserved " + unobserved.toMillis() + " ms");
    }
}
