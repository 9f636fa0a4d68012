package io.gds.engine.mongo.internal.admin;

import io.gds.database.version.EngineVersion;
import io.gds.engine.mongo.MongoMetadata;
import io.gds.engine.mongo.internal.topology.MemberView;
import io.gds.engine.mongo.internal.topology.SetViews;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The metadata of a sharded cluster: what its config servers say, with the members and the versions of all parts.
 *
 * @param name the cluster's
 * @param config of the config servers
 * @param parts what every member of every part says
 */
public record ShardedMetadata(String name, MongoMetadata config, List<SetViews> parts) implements MongoMetadata {
    /** Copies. */
    public ShardedMetadata {
        parts = List.copyOf(parts);
    }

    /** The lowest that any member runs: what the whole can be relied on to be. */
    @Override
    public EngineVersion version() {
        return parts.stream()
                .flatMap(p -> p.all().stream())
                .map(MemberView::version)
                .min(EngineVersion::compareTo)
                .orElseGet(config::version);
    }

    @Override
    public String edition() {
        return config.edition();
    }

    @Override
    public String host() {
        return config.host();
    }

    @Override
    public int port() {
        return config.port();
    }

    @Override
    public Status status() {
        boolean complete = parts.stream()
                .allMatch(p -> p.silent().isEmpty()
                        && (p.spec().isRouters() || p.primary().isPresent()));
        return complete || config.status() == Status.UNAVAILABLE ? config.status() : Status.DEGRADED;
    }

    @Override
    public String replicaSet() {
        return config.replicaSet();
    }

    @Override
    public String replicaSetId() {
        return config.replicaSetId();
    }

    @Override
    public Optional<String> featureCompatibility() {
        return config.featureCompatibility();
    }

    @Override
    public Optional<Instant> createdAt() {
        return config.createdAt();
    }

    @Override
    public Optional<Instant> startedAt() {
        return config.startedAt();
    }

    @Override
    public Optional<Instant> decommissionedAt() {
        return config.decommissionedAt();
    }

    @Override
    public int members() {
        return parts.stream().mapToInt(p -> p.spec().members().size()).sum();
    }

    @Override
    public int reachableMembers() {
        return parts.stream().mapToInt(p -> p.all().size()).sum();
    }

    /** Those of the config servers, and how many shards there are. */
    @Override
    public Map<String, String> attributes() {
        Map<String, String> all = new TreeMap<>(config.attributes());
        long sets = parts.stream().filter(p -> !p.spec().isRouters()).count();
        all.put("shards", String.valueOf(sets - 1));
        return Map.copyOf(all);
    }
}
