package io.gds.engine.mongo.internal.kernel;

import io.gds.database.plan.Finding;
import io.gds.engine.mongo.internal.MongoEngine;
import io.gds.engine.mongo.internal.ShardedEngine;
import io.gds.engine.mongo.internal.client.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bson.Document;

/** What is not in order with a sharded cluster beyond its parts: a shard that the spec does not know would be left behind. */
public final class ShardedHealth {
    private final ShardedEngine cluster;

    /** The health of a cluster. */
    public ShardedHealth(ShardedEngine cluster) {
        this.cluster = cluster;
    }

    /** What is not in order now. */
    public List<Finding> findings() {
        Set<String> known = cluster.tellWhole(new Document("listShards", 1)).objects("shards").stream()
                .map(s -> s.text("host").orElse("").replaceFirst("/.*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> named = cluster.shards().stream()
                .map(s -> s.spec().replicaSet())
                .collect(Collectors.toCollection(TreeSet::new));
        known.remove(cluster.configServers().spec().replicaSet()); // config servers may hold data, too, since 8.0
        List<Finding> out = new ArrayList<>();
        if (!known.equals(named)) {
            out.add(Finding.block(
                    "MONGO-OTHER-SHARDS",
                    cluster.spec().name(),
                    "the config servers know the shards " + known,
                    named.toString(),
                    "name every shard of the cluster in the spec, and no other."));
        }
        for (MongoEngine set : cluster.sets()) {
            role(set, set == cluster.configServers() ? "configsvr" : "shardsvr", out);
        }
        return List.copyOf(out);
    }

    private static void role(MongoEngine set, String wanted, List<Finding> out) {
        set.views().primary().ifPresent(p -> {
            String member = p.member().name();
            Answer started = set.clients().ask(member, new Document("getCmdLineOpts", 1));
            String role = started.object("parsed")
                    .object("sharding")
                    .text("clusterRole")
                    .orElse("none");
            if (!role.equals(wanted)) {
                out.add(Finding.block(
                        "MONGO-CLUSTER-ROLE",
                        member,
                        "it was started with the role " + role,
                        wanted,
                        "correct configServers and shards in the cluster spec."));
            }
        });
    }
}
