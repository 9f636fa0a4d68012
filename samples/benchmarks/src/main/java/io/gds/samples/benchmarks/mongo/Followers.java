package io.gds.samples.benchmarks.mongo;

import com.mongodb.MongoCommandException;
import io.gds.samples.mongo.Await;
import io.gds.samples.mongo.ReplicaSet;
import io.gds.samples.mongo.ReplicaSetException;
import io.gds.samples.mongo.ReplicaSetMember;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Has everybody follow the primary, as nobody arranged anything: whom members follow after a few restarts is luck. */
final class Followers {
    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final int ATTEMPTS = 4;
    private static final Duration STABLE = Duration.ofSeconds(3);

    private final ReplicaSet set;
    private @Nullable Instant since;
    private Instant asked = Instant.EPOCH;
    private String refusal = "";

    private Followers(ReplicaSet set) {
        this.set = set;
    }

    /** Returns when it has been so for a while. A set where it does not come about gets another primary, and is asked again. */
    static void ofThePrimary(ReplicaSet set) {
        for (int i = 1; ; i++) {
            try {
                Followers followers = new Followers(set);
                Await.until("everybody following the primary", PATIENCE, followers::missing);
                return;
            } catch (ReplicaSetException e) {
                if (i == ATTEMPTS) {
                    throw e;
                }
                System.out.println("  " + e.getMessage());
                PlainScript.stepDown(set);
            }
        }
    }

    private String missing() {
        ReplicaSetMember primary = set.primary();
        List<ReplicaSetMember> others = set.members().stream()
                .filter(m -> !m.name().equals(primary.name()))
                .filter(m -> !primary.address().equals(source(m)))
                .toList();
        Instant now = Clock.systemUTC().instant();
        if (!others.isEmpty()) {
            since = null;
            if (now.isAfter(asked.plus(STABLE))) {
                asked = now;
                others.forEach(m -> ask(m, primary));
            }
            return others.stream().map(m -> m + " follows " + source(m)).toList() + " in place of " + primary + refusal;
        }
        Instant begun = since == null ? now : since;
        since = begun;
        return now.isBefore(begun.plus(STABLE)) ? "not for long enough" : "";
    }

    private static String source(ReplicaSetMember m) {
        return m.run(new Document("replSetGetStatus", 1)).getString("syncSourceHost");
    }

    private void ask(ReplicaSetMember m, ReplicaSetMember primary) {
        try {
            m.run(new Document("replSetSyncFrom", primary.address()));
        } catch (MongoCommandException notNow) {
            refusal = ", last refused with " + notNow.getErrorMessage(); // it is asked again
        }
    }
}
