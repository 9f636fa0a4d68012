package io.gds.samples.mongo;

import com.mongodb.MongoCommandException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.bson.Document;

/**
 * Makes a set of servers that run.
 *
 * @param name what it is called
 * @param version what the servers run
 * @param clusterRole its role in a sharded cluster; empty for none
 * @param settings of the set
 * @param changes what is different about a member
 * @param access how the servers are reached
 */
record Initiation(
        String name,
        String version,
        String clusterRole,
        Document settings,
        Map<String, Consumer<Document>> changes,
        Access access) {
    /** CurrentlyUpdatingConfiguration, and a version that somebody else took meanwhile. */
    private static final Set<Integer> CHANGED_MEANWHILE = Set.of(109, 103);

    private static final Duration BETWEEN = Duration.ofMillis(100);
    private static final int TRIES = 100;

    /** First m1 alone, so that it is the primary; then the others, one by one as the server wants it. */
    void of(ReplicaSet set) {
        List<Document> all = new ArrayList<>();
        for (ReplicaSetMember m : set.members()) {
            Document member = new Document("_id", all.size()).append("host", m.address());
            changes.getOrDefault(m.name(), unchanged -> {}).accept(member);
            all.add(member);
        }
        Document alone = configuration(
                1, List.of(new Document("_id", 0).append("host", all.get(0).getString("host"))));
        set.members().get(0).runWithoutLogin(new Document("replSetInitiate", alone));
        ReplicaSetMember first = set.primary();
        access.user()
                .ifPresent(u -> first.runWithoutLogin(new Document("createUser", u)
                        .append("pwd", access.password())
                        .append("roles", List.of("root"))));
        if (all.stream().anyMatch(m -> m.getBoolean("arbiterOnly", false)) && !version.startsWith("4.")) {
            first.run(new Document("setDefaultRWConcern", 1)
                    .append("defaultWriteConcern", new Document("w", "majority")));
        }
        for (int i = 1; i <= all.size(); i++) {
            change(first, all.subList(0, i));
            set.awaitHealthy();
        }
        set.awaitHealthy();
    }

    /** A new primary may still be at work with a change of its own; then it is asked again. */
    private static void change(ReplicaSetMember primary, List<Document> members) {
        for (int tries = 1; ; tries++) {
            Document now = primary.run(new Document("replSetGetConfig", 1)).get("config", Document.class);
            now.append("version", now.getInteger("version", 1) + 1).append("members", members);
            try {
                primary.run(new Document("replSetReconfig", now));
                return;
            } catch (MongoCommandException e) {
                if (tries == TRIES || !CHANGED_MEANWHILE.contains(e.getErrorCode())) {
                    throw e;
                }
                LockSupport.parkNanos(BETWEEN.toNanos());
            }
        }
    }

    private Document configuration(int number, List<Document> of) {
        Document out = new Document("_id", name).append("version", number).append("members", of);
        if (clusterRole.equals("configsvr")) {
            out.append("configsvr", true);
        }
        return settings.isEmpty() ? out : out.append("settings", settings);
    }
}
