package io.gds.engine.mongo.internal;

import io.gds.database.ClusterHealth;
import io.gds.database.Database;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.ClusterRef;
import io.gds.database.spi.EngineContext;
import io.gds.database.spi.Facets;
import io.gds.database.spi.HostShell;
import io.gds.database.spi.HostShells;
import io.gds.database.spi.PackageManager;
import io.gds.database.spi.RollingVerbs;
import io.gds.database.topology.Topology;
import io.gds.engine.mongo.MongoMetadata;
import io.gds.engine.mongo.internal.admin.Databases;
import io.gds.engine.mongo.internal.admin.MetadataReader;
import io.gds.engine.mongo.internal.client.Answer;
import io.gds.engine.mongo.internal.client.Clients;
import io.gds.engine.mongo.internal.config.MongoSpec;
import io.gds.engine.mongo.internal.topology.SetViews;
import io.gds.engine.mongo.internal.topology.TopologyOf;
import io.gds.engine.mongo.internal.topology.ViewReader;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;

/** A replica set; or the routers of a sharded cluster, of which there are members and clients and nothing else. Thread-safe. */
public final class MongoEngine implements MongoCluster {
    private final MongoSpec spec;
    private final EngineContext context;
    private final Clients clients;
    private final ViewReader views;
    private final HostShells shells;
    private final Optional<PackageManager> packages;
    private final MetadataReader metadata;
    private final Databases databases;
    private final Facets facets = new Facets();

    /** Opens a set with the abilities that need nothing but connections. */
    public MongoEngine(MongoSpec spec, EngineContext context) {
        this.spec = spec;
        this.context = context;
        this.clients = new Clients(spec, context.secrets());
        this.views = new ViewReader(spec, clients, context.clock());
        this.shells = new HostShells(spec.shell(), context);
        this.packages = spec.packages()
                .map(s -> context.packages(s, m -> shells.at(spec.member(m).host())));
        this.metadata = new MetadataReader(spec, clients);
        this.databases = new Databases(clients, context.clock());
    }

    /** Gives the engine an ability that is built upon the engine itself. Called while the engine is made and never later. */
    public <T> void add(Class<T> type, T facet) {
        facets.add(type, facet);
    }

    /** The checked spec. */
    public MongoSpec spec() {
        return spec;
    }

    /** Clients of the members and of the set. */
    public Clients clients() {
        return clients;
    }

    /** What the core lent. */
    public EngineContext context() {
        return context;
    }

    @Override
    public List<MongoEngine> parts() {
        return List.of(this);
    }

    @Override
    public MongoEngine of(String member) {
        spec.member(member);
        return this;
    }

    @Override
    public Answer tellWhole(Document command) {
        return clients.askSet(command);
    }

    /** What every member says now. */
    public SetViews views() {
        return views.read();
    }

    /**
     * The shell of the host that a member lives on.
     *
     * @throws GdsDatabaseException with code {@code GDS-SHELL-MISSING} when the spec has none
     */
    public HostShell shell(String member) {
        return shells.at(spec.member(member).host());
    }

    /** The shell of a host that need not be a member's. */
    public HostShell shellAt(String host) {
        return shells.at(host);
    }

    /**
     * The package manager.
     *
     * @throws GdsDatabaseException with code {@code GDS-PACKAGES-MISSING} when the spec has none
     */
    public PackageManager packages() {
        return packages.orElseThrow(() -> GdsDatabaseException.user("GDS-PACKAGES-MISSING")
                .message("cluster " + name() + " has no package manager in its spec.")
                .remedy("add packages to the spec, for example type: directories.")
                .build());
    }

    @Override
    public ClusterRef reference() {
        return context.reference();
    }

    @Override
    public MongoMetadata metadata() {
        return metadata.of(views());
    }

    @Override
    public ClusterHealth health() {
        return facet(RollingVerbs.class)
                .map(verbs -> ClusterHealth.of(verbs.health()))
                .orElseGet(() -> ClusterHealth.of(topology()));
    }

    @Override
    public Topology topology() {
        return TopologyOf.the(views());
    }

    @Override
    public Instant serverTime() {
        return clients.askSet(new Document("hello", 1))
                .instant("localTime")
                .orElseThrow(() -> new IllegalStateException("hello tells the time"));
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
        views.close();
        clients.close();
        shells.close();
    }

    @Override
    public String toString() {
        return (spec.isRouters() ? "" : "replica set ") + spec.name();
    }
}
