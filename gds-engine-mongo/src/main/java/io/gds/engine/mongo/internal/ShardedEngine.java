package io.gds.engine.mongo.internal;

import io.gds.database.ClusterHealth;
import io.gds.database.Database;
import io.gds.database.plan.ClusterRef;
import io.gds.database.spi.EngineContext;
import io.gds.database.spi.Facets;
import io.gds.database.spi.RollingVerbs;
import io.gds.database.topology.Link;
import io.gds.database.topology.Member;
import io.gds.database.topology.Topology;
import io.gds.engine.mongo.MongoMetadata;
import io.gds.engine.mongo.internal.admin.Databases;
import io.gds.engine.mongo.internal.admin.ShardedMetadata;
import io.gds.engine.mongo.internal.client.Answer;
import io.gds.engine.mongo.internal.config.ShardedSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.Document;

/**
 * A sharded cluster: the config servers and the shards, each a replica set of its own, and the routers through which
 * applications reach them. Thread-safe.
 */
public final class ShardedEngine implements MongoCluster {
    private final ShardedSpec spec;
    private final EngineContext context;
    private final List<MongoEngine> sets;
    private final MongoEngine routers;
    private final Databases databases;
    private final Facets facets = new Facets();

    /** Opens a cluster; nothing is connected before it is asked for. */
    public ShardedEngine(ShardedSpec spec, EngineContext context) {
        this.spec = spec;
        this.context = context;
        this.sets = spec.sets().stream().map(s -> new MongoEngine(s, context)).toList();
        this.routers = new MongoEngine(spec.routers(), context);
        this.databases = new Databases(routers.clients(), context.clock());
    }

    /** Gives the engine an ability that is built upon the engine itself. Called while the engine is made and never later. */
    public <T> void add(Class<T> type, T facet) {
        facets.add(type, facet);
    }

    /** The checked spec. */
    public ShardedSpec spec() {
        return spec;
    }

    /** The replica sets, the config servers first. */
    public List<MongoEngine> sets() {
        return sets;
    }

    /** The set that knows where everything is. */
    public MongoEngine configServers() {
        return sets.get(0);
    }

    /** The sets that hold the data. */
    public List<MongoEngine> shards() {
        return sets.subList(1, sets.size());
    }

    /** The routers, as members of no set. */
    public MongoEngine routers() {
        return routers;
    }

    @Override
    public List<MongoEngine> parts() {
        return Stream.concat(sets.stream(), Stream.of(routers)).toList();
    }

    @Override
    public MongoEngine of(String member) {
        return parts().stream()
                .filter(p -> p.spec().members().stream().anyMatch(m -> m.name().equals(member)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no member " + member + " in " + spec.name()));
    }

    @Override
    public Answer tellWhole(Document command) {
        return routers.clients().askSet(command);
    }

    @Override
    public ClusterRef reference() {
        return context.reference();
    }

    @Override
    public MongoMetadata metadata() {
        return new ShardedMetadata(
                spec.name(),
                configServers().metadata(),
                parts().stream().map(MongoEngine::views).toList());
    }

    /** All members of all parts. The identity is that of the sets, one behind the other. */
    @Override
    public ClusterHealth health() {
        return facet(RollingVerbs.class)
                .map(verbs -> ClusterHealth.of(verbs.health()))
                .orElseGet(() -> ClusterHealth.of(topology()));
    }

    @Override
    public Topology topology() {
        List<Member> members = new ArrayList<>();
        List<Link> links = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (MongoEngine part : parts()) {
            Topology t = part.topology();
            members.addAll(t.members());
            links.addAll(t.links());
            ids.add(t.systemId());
        }
        return new Topology(
                spec.name(),
                String.join(" ", ids).strip(),
                members,
                links,
                context.clock().instant());
    }

    @Override
    public Instant serverTime() {
        return configServers().serverTime();
    }

    @Override
    public List<Database> databases() {
        return databases.all();
    }

    @Override
    public Database database(String name) {
        return databases.named(name);
    }

    @Override
    public Set<Class<?>> facets() {
        return facets.types();
    }

    @Override
    public <T> Optional<T> facet(Class<T> type) {
        return facets.get(type);
    }

    @Override
    public void close() {
        facets.close();
        parts().forEach(MongoEngine::close);
    }

    @Override
    public String toString() {
        return "sharded cluster " + spec.name();
    }
}
