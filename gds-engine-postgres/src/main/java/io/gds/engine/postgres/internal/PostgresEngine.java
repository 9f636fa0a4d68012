package io.gds.engine.postgres.internal;

import io.gds.database.ClusterHealth;
import io.gds.database.ConfigAdmin;
import io.gds.database.Database;
import io.gds.database.DatabaseEngine;
import io.gds.database.LogSource;
import io.gds.database.MetricSource;
import io.gds.database.PowerAdmin;
import io.gds.database.ProcessAdmin;
import io.gds.database.ReplicationAdmin;
import io.gds.database.UserAdmin;
import io.gds.database.plan.ClusterRef;
import io.gds.database.plan.Params;
import io.gds.database.spi.EngineContext;
import io.gds.database.spi.Facets;
import io.gds.database.spi.HostShell;
import io.gds.database.spi.HostShells;
import io.gds.database.spi.PackageManager;
import io.gds.database.spi.RollingVerbs;
import io.gds.database.topology.Topology;
import io.gds.engine.postgres.PostgresMetadata;
import io.gds.engine.postgres.internal.admin.AlterSystemConfigAdmin;
import io.gds.engine.postgres.internal.admin.BackendProcessAdmin;
import io.gds.engine.postgres.internal.admin.Databases;
import io.gds.engine.postgres.internal.admin.FailoverOperation;
import io.gds.engine.postgres.internal.admin.MetadataReader;
import io.gds.engine.postgres.internal.admin.PgCtl;
import io.gds.engine.postgres.internal.admin.PgCtlPowerAdmin;
import io.gds.engine.postgres.internal.admin.RoleUserAdmin;
import io.gds.engine.postgres.internal.admin.StreamingReplicationAdmin;
import io.gds.engine.postgres.internal.config.PostgresSpec;
import io.gds.engine.postgres.internal.dump.Backups;
import io.gds.engine.postgres.internal.layout.DiscoveredPackages;
import io.gds.engine.postgres.internal.layout.Layout;
import io.gds.engine.postgres.internal.layout.WrittenLayout;
import io.gds.engine.postgres.internal.logs.ServerLogSource;
import io.gds.engine.postgres.internal.metrics.StatisticsMetricSource;
import io.gds.engine.postgres.internal.patroni.node.PatroniNodes;
import io.gds.engine.postgres.internal.sql.Connections;
import io.gds.engine.postgres.internal.topology.TopologyReader;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A cluster of PostgreSQL servers with streaming replication. Thread-safe. */
public final class PostgresEngine implements DatabaseEngine {
    private final PostgresSpec spec;
    private final EngineContext context;
    private final Connections connections;
    private final TopologyReader topologyReader;
    private final HostShells shells;
    private final Layout layout;
    private final Optional<PackageManager> packages;
    private final MetadataReader metadata;
    private final Databases databases;
    private final Facets facets = new Facets();
    private final Facets parts = new Facets();

    /** Opens a cluster with the abilities that need nothing but connections. */
    public PostgresEngine(PostgresSpec spec, EngineContext context) {
        Clock clock = context.clock();
        this.spec = spec;
        this.context = context;
        this.connections = new Connections(spec, context.secrets());
        this.topologyReader = new TopologyReader(spec, connections, clock);
        this.shells = new HostShells(spec.shell(), context);
        this.layout = spec.patroni()
                .<Layout>map(p -> new PatroniNodes(this::shell, p.unit()))
                .orElseGet(() -> new WrittenLayout(spec));
        this.packages = spec.packages().map(s -> packages(s, context));
        this.metadata = new MetadataReader(spec, connections, topologyReader);
        Backups backups = new Backups(spec, connections, context.secrets(), packages, this::shell, clock);
        this.databases = new Databases(spec, connections, backups, clock);
        facets.add(UserAdmin.class, new RoleUserAdmin(connections, clock));
        facets.add(ProcessAdmin.class, new BackendProcessAdmin(spec, connections, clock));
        facets.add(ConfigAdmin.class, new AlterSystemConfigAdmin(spec, connections, clock));
        facets.add(MetricSource.class, new StatisticsMetricSource(spec, connections, clock));
        facets.add(LogSource.class, new ServerLogSource(spec, connections, this::shell));
        facets.add(ReplicationAdmin.class, new StreamingReplicationAdmin(topologyReader, FailoverOperation.refusing()));
        if (packages.isPresent() && spec.shell().isPresent() && spec.patroni().isEmpty()) {
            PgCtl pgCtl = new PgCtl(spec, layout, packages.get(), this::shell);
            facets.add(PowerAdmin.class, new PgCtlPowerAdmin(spec, pgCtl, connections, topologyReader, clock));
        }
    }

    /** Versions in directories are found without the program; everything else asks for it when it is needed. */
    private PackageManager packages(Params settings, EngineContext lender) {
        return settings.string("type").equals("directories")
                ? lender.packages(settings, this::shell)
                : new DiscoveredPackages(settings, layout, s -> lender.packages(s, this::shell));
    }

    /**
     * Gives the engine an ability that is built upon the engine itself. Called while the engine is made and never later.
     */
    public <T> void add(Class<T> type, T facet) {
        facets.add(type, facet);
    }

    /** Keeps a part that handlers ask for and users do not. Called while the engine is made; closed with it. */
    public <T extends AutoCloseable> void keep(Class<T> type, T part) {
        parts.add(type, part);
    }

    /** A part that was kept; empty when this cluster has none of that kind. */
    public <T extends AutoCloseable> Optional<T> part(Class<T> type) {
        return parts.get(type);
    }

    /** The checked spec. */
    public PostgresSpec spec() {
        return spec;
    }

    /** Connections to members and to the endpoint. */
    public Connections connections() {
        return connections;
    }

    /** Who is in the cluster. */
    public TopologyReader topologyReader() {
        return topologyReader;
    }

    /** What the core lent. */
    public EngineContext context() {
        return context;
    }

    /**
     * The shell of the host that a member lives on.
     *
     * @throws io.gds.database.error.GdsDatabaseException with code {@code GDS-SHELL-MISSING} when the spec has none
     */
    public HostShell shell(String member) {
        return shells.at(spec.member(member).address().host());
    }

    /** Where members keep their files. */
    public Layout layout() {
        return layout;
    }

    /**
     * The shell of a host that need not be a member's: a pooler's, a proxy's. Kept open and closed with the engine.
     *
     * @param settings empty for those of the cluster
     * @throws io.gds.database.error.GdsDatabaseException with code {@code GDS-SHELL-MISSING} when neither is there
     */
    public HostShell shellAt(String host, Optional<Params> settings) {
        return shells.at(host, settings);
    }

    /** The package manager; empty when the spec has none, and then nothing can be patched. */
    public Optional<PackageManager> packages() {
        return packages;
    }

    @Override
    public ClusterRef reference() {
        return context.reference();
    }

    @Override
    public PostgresMetadata metadata() {
        return metadata.read();
    }

    @Override
    public ClusterHealth health() {
        return facet(RollingVerbs.class)
                .map(verbs -> ClusterHealth.of(verbs.health()))
                .orElseGet(() -> ClusterHealth.of(topology()));
    }

    @Override
    public Topology topology() {
        return topologyReader.read();
    }

    @Override
    public Instant serverTime() {
        return connections.onPrimary(s -> s.one("SELECT clock_timestamp() AS now", row -> row.instant("now"))
                .orElseThrow(() -> new SQLException("the server has no time")));
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
        parts.close();
        topologyReader.close();
        connections.close();
        shells.close();
    }

    @Override
    public String toString() {
        return "postgres cluster " + spec.name();
    }
}
