package io.gds.samples.benchmarks.mongo;

import com.mongodb.MongoException;
import io.gds.samples.mongo.Await;
import io.gds.samples.mongo.ReplicaSet;
import io.gds.samples.mongo.ReplicaSetMember;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bson.BsonTimestamp;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * What a careful person writes by hand: followers one by one, step-down, the former primary; and after each start the library's own
 * rule of who is back. Nothing about who follows whom, no journal, no way back.
 */
final class PlainScript {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int HEARTBEATS = 3;
    private static final int PRIMARY = 1;
    private static final int SECONDARY = 2;

    /** How it stops a server. */
    enum Stop {
        /** As {@code systemctl restart} does. */
        SIGNAL,
        /** {@code shutdown} without quiesce. */
        COMMAND
    }

    private final ReplicaSet set;
    private final Stop stop;
    private final Duration hold;

    PlainScript(ReplicaSet set, Stop stop, Duration hold) {
        this.set = set;
        this.stop = stop;
        this.hold = hold;
    }

    void run(String version) {
        ReplicaSetMember first = set.primary();
        for (ReplicaSetMember m : set.members()) {
            if (!m.name().equals(first.name())) {
                turn(m, version);
            }
        }
        stepDown(set);
        turn(first, version);
    }

    /** The bare step-down, as it is typed into a shell, and the wait for somebody else to lead. */
    static void stepDown(ReplicaSet set) {
        ReplicaSetMember leads = set.primary();
        leads.run(new Document("replSetStepDown", 60).append("secondaryCatchUpPeriodSecs", 10));
        Await.until(
                "another primary",
                PATIENCE,
                () -> set.members().stream()
                                .filter(m -> !m.name().equals(leads.name()))
                                .anyMatch(m -> m.run(new Document("hello", 1)).getBoolean("isWritablePrimary"))
                        ? ""
                        : "nobody else leads");
    }

    private void turn(ReplicaSetMember m, String version) {
        stop(m);
        m.install(version);
        m.start();
        back(m);
    }

    private void stop(ReplicaSetMember m) {
        long pid = m.pid().orElseThrow();
        if (stop == Stop.SIGNAL) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
        } else {
            try {
                m.run(new Document("shutdown", 1).append("timeoutSecs", 0));
            } catch (MongoException obeyed) {
                // the socket closes instead of an answer
            }
        }
        Await.until(m + " is down", PATIENCE, () -> m.isRunning() ? "its process is there" : "");
    }

    private void back(ReplicaSetMember m) {
        Gate gate = new Gate(m);
        Await.until(m + " is back", PATIENCE, gate::shut);
    }

    /** The wait for one member. */
    private final class Gate {
        private final ReplicaSetMember member;
        private @Nullable BsonTimestamp mark;
        private @Nullable Instant since;
        private boolean young;

        Gate(ReplicaSetMember member) {
            this.member = member;
        }

        /** Why it is not open yet; empty when it is. */
        String shut() {
            String missing = missing();
            if (!missing.isEmpty()) {
                since = null;
                return missing;
            }
            Instant now = Clock.systemUTC().instant();
            Instant begun = since == null ? now : since;
            since = begun;
            return now.isBefore(begun.plus(hold)) || young ? "not for long enough" : "";
        }

        private String missing() {
            Document own = member.run(new Document("replSetGetStatus", 1));
            if (own.getInteger("myState") != SECONDARY) {
                return "state " + own.getInteger("myState");
            }
            if (own.getString("syncSourceHost").isEmpty()) {
                return "it follows nobody";
            }
            long beat = own.getLong("heartbeatIntervalMillis");
            young = seen(own, member).getInteger("uptime") * 1000L < HEARTBEATS * beat;
            for (ReplicaSetMember other : set.members()) {
                Document said = other.run(new Document("replSetGetStatus", 1));
                for (Document each : said.getList("members", Document.class)) {
                    int state = each.getInteger("state");
                    if (state != PRIMARY && state != SECONDARY) {
                        return other + " sees " + each.getString("name") + " in state " + state;
                    }
                }
            }
            BsonTimestamp reached =
                    mark == null ? time(set.primary().run(new Document("replSetGetStatus", 1)), "appliedOpTime") : mark;
            mark = reached;
            return time(own, "durableOpTime").compareTo(reached) >= 0 ? "" : "it is behind";
        }
    }

    private static Document seen(Document status, ReplicaSetMember m) {
        List<Document> all = status.getList("members", Document.class);
        return all.stream()
                .filter(d -> m.address().equals(d.getString("name")))
                .findFirst()
                .orElseThrow();
    }

    private static BsonTimestamp time(Document status, String which) {
        return status.get("optimes", Document.class).get(which, Document.class).get("ts", BsonTimestamp.class);
    }
}
