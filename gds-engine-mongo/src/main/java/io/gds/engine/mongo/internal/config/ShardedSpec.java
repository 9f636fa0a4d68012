package io.gds.engine.mongo.internal.config;

import io.gds.database.error.InvalidSpecException;
import io.gds.database.error.Problem;
import io.gds.database.plan.Params;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A sharded cluster as the spec describes it. Names of sets and of members are unique in the whole.
 *
 * @param name the cluster's name
 * @param configServers the set that knows where everything is
 * @param shards the sets that hold the data
 * @param routers the {@code mongos} processes, as a set without a name
 */
public record ShardedSpec(String name, MongoSpec configServers, List<MongoSpec> shards, MongoSpec routers) {
    /** What plans and people call all routers together. */
    public static final String ROUTERS = "routers";

    /** Copies. */
    public ShardedSpec {
        shards = List.copyOf(shards);
    }

    /** Whether a spec is one of a sharded cluster. */
    public static boolean isMeantBy(Params spec) {
        return Stream.of("configServers", "shards", ROUTERS).anyMatch(spec::has);
    }

    /** Every mistake in a spec. */
    public static List<Problem> check(Params spec) {
        List<Problem> problems = new ArrayList<>();
        new SpecReader(spec, problems).readSharded();
        return List.copyOf(problems);
    }

    /**
     * Reads a spec.
     *
     * @throws InvalidSpecException naming every mistake
     */
    public static ShardedSpec of(Params spec) {
        List<Problem> problems = new ArrayList<>();
        ShardedSpec read = new SpecReader(spec, problems).readSharded();
        if (!problems.isEmpty()) {
            throw new InvalidSpecException("the cluster spec", problems);
        }
        return read;
    }

    /** All replica sets, the config servers first. */
    public List<MongoSpec> sets() {
        return Stream.concat(Stream.of(configServers), shards.stream()).toList();
    }
}
