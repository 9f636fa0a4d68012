package io.gds.engine.mongo.internal.kernel;

import io.gds.engine.mongo.internal.client.Answer;
import io.gds.engine.mongo.internal.client.Clients;
import io.gds.engine.mongo.internal.client.OpTime;
import java.time.Duration;
import org.bson.Document;

/**
 * How far back a member's log of writes reaches. Whoever was away for longer than that cannot follow any more and has to copy
 * all data again.
 *
 * @param reaches from its oldest to its newest entry
 * @param used bytes that are in it
 * @param capacity bytes that it may hold
 */
public record Oplog(Duration reaches, long used, long capacity) {
    private static final String LOG = "oplog.rs";
    private static final Duration FOREVER = Duration.ofDays(3650);

    /** Reads a member's own log. */
    public static Oplog of(Clients clients, String member) {
        Answer stats = clients.ask(member, "local", new Document("collStats", LOG));
        long span = edge(clients, member, -1) - edge(clients, member, 1);
        return new Oplog(
                Duration.ofSeconds(Math.max(0, span)),
                stats.number("size").orElse(0),
                stats.number("maxSize").orElse(0));
    }

    /** The time of its newest or its oldest entry. */
    private static long edge(Clients clients, String member, int direction) {
        Document first = new Document("find", LOG)
                .append("sort", new Document("$natural", direction))
                .append("projection", new Document("ts", 1))
                .append("limit", 1)
                .append("singleBatch", true);
        return clients.ask(member, "local", first).object("cursor").objects("firstBatch").stream()
                .findFirst()
                .flatMap(e -> e.opTime("ts"))
                .map(OpTime::seconds)
                .map(Integer::toUnsignedLong)
                .orElse(0L);
    }

    /** How long a member may be away at the pace of writes that filled it: a log that is not full yet will reach further. */
    public Duration window() {
        if (used <= 0 || capacity <= used) {
            return reaches;
        }
        double pace = (double) capacity / used;
        double seconds = (double) Math.max(1, reaches.toSeconds()) * pace;
        return seconds < (double) FOREVER.toSeconds() ? Duration.ofSeconds((long) seconds) : FOREVER;
    }
}
