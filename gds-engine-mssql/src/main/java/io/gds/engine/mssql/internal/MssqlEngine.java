package io.gds.engine.mssql.internal;

import static java.util.Objects.requireNonNull;

import io.gds.database.ClusterHealth;
import io.gds.database.Database;
import io.gds.database.DatabaseEngine;
import io.gds.database.EngineMetadata;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.ClusterRef;
import io.gds.database.spi.EngineContext;
import io.gds.database.spi.Facets;
import io.gds.database.spi.HostShell;
import io.gds.database.spi.HostShells;
import io.gds.database.spi.PackageManager;
import io.gds.database.topology.Topology;
import io.gds.engine.mssql.AvailabilityGroupsHealth;
import io.gds.engine.mssql.GroupNodes;
import io.gds.engine.mssql.internal.config.MssqlSpec;
import io.gds.engine.mssql.internal.config.TargetSpec;
import io.gds.engine.mssql.internal.sql.SqlAccess;
import io.gds.engine.mssql.internal.windows.HostClaim;
import io.gds.engine.mssql.internal.windows.HostJobs;
import io.gds.engine.mssql.internal.windows.HostScripts;
import io.gds.engine.mssql.internal.windows.PackageReader;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Instances of SQL Server: one, many that stand by themselves, or the replicas of a group. Thread-safe. */
public final class MssqlEngine implements DatabaseEngine {
    private final MssqlSpec spec;
    private final EngineContext context;
    private final HostShells shells;
    private final Optional<PackageManager> packages;
    private final Map<String, SqlAccess> accesses = new ConcurrentHashMap<>();
    private final Map<String, HostScripts> hosts = new ConcurrentHashMap<>();
    private final Facets facets = new Facets();
    private final Surface surface;

    /** What a single server, a fleet and a group answer differently. */
    public interface Surface {
        /** What is known of it. */
        EngineMetadata metadata();

        /** Who is in it. */
        Topology topology();

        /** The server's own clock. */
        Instant serverTime();

        /** All databases. */
        List<Database> databases();

        /** A database by name. */
        Database database(String name);
    }

    /** Makes the surface of an engine. */
    @FunctionalInterface
    public interface Surfacing {
        /** Makes it. */
        Surface of(MssqlEngine engine);
    }

    /** Opens instances; nothing is connected to yet. */
    public MssqlEngine(MssqlSpec spec, EngineContext context, Surfacing surfacing) {
        this.spec = requireNonNull(spec, "spec");
        this.context = requireNonNull(context, "context");
        this.shells = new HostShells(spec.shell(), context);
        this.packages = spec.linux().map(l -> context.packages(l.packages(), this::shellOf));
        this.surface = surfacing.of(this);
    }

    /** Gives the engine an ability that is built upon the engine itself. Called while the engine is made and never later. */
    public <T> void add(Class<T> type, T facet) {
        facets.add(type, facet);
    }

    /** The checked spec. */
    public MssqlSpec spec() {
        return spec;
    }

    /** The only clock that anybody asks. */
    public Clock clock() {
        return context.clock();
    }

    /**
     * Connections to an instance.
     *
     * @param target its name in plans
     * @throws GdsDatabaseException with code {@code MSSQL-NO-TARGET} when the spec has no such instance
     */
    public SqlAccess access(String target) {
        TargetSpec found = spec.target(target).orElseThrow(() -> GdsDatabaseException.user("MSSQL-NO-TARGET")
                .message("cluster " + name() + " has no instance \"" + target + "\".")
                .remedy("name one of its targets.")
                .build());
        return accesses.computeIfAbsent(found.name(), n -> new SqlAccess(spec, found, context.secrets()));
    }

    private HostShell shellOf(String target) {
        return shell(access(target).target().server());
    }

    /**
     * The shell of a host.
     *
     * @throws GdsDatabaseException with code {@code GDS-SHELL-MISSING} when the spec has none
     */
    public HostShell shell(String server) {
        return shells.at(server);
    }

    /**
     * The package manager of hosts with Linux; its members are instances by their names in plans.
     *
     * @throws IllegalStateException when the spec is about Windows
     */
    public PackageManager packages() {
        return packages.orElseThrow(() -> new IllegalStateException("no packages.type"));
    }

    /**
     * The scripts of a host with Windows.
     *
     * @throws GdsDatabaseException with code {@code GDS-SHELL-MISSING} when the spec has no shell
     */
    public HostScripts host(String server) {
        return hosts.computeIfAbsent(server, s -> new HostScripts(shells.at(s), spec.folder()));
    }

    /** The jobs of a host. */
    public HostJobs jobs(String server) {
        return new HostJobs(host(server));
    }

    /** The packages that a host has, or that it can get from a file server. */
    public PackageReader packagesOf(String server) {
        return new PackageReader(host(server), clock());
    }

    /** The mark of a host. */
    public HostClaim claim(String server) {
        return new HostClaim(host(server));
    }

    @Override
    public ClusterRef reference() {
        return context.reference();
    }

    @Override
    public EngineMetadata metadata() {
        return surface.metadata();
    }

    @Override
    public Topology topology() {
        return surface.topology();
    }

    @Override
    public ClusterHealth health() {
        Optional<GroupNodes> nodes = facet(GroupNodes.class);
        return nodes.isPresent() ? new AvailabilityGroupsHealth(nodes.get().health()) : ClusterHealth.of(topology());
    }

    @Override
    public Instant serverTime() {
        return surface.serverTime();
    }

    @Override
    public List<Database> databases() {
        return surface.databases();
    }

    @Override
    public Database database(String name) {
        return surface.database(name);
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
        accesses.values().forEach(SqlAccess::close);
        shells.close();
    }

    @Override
    public String toString() {
        return spec.name();
    }
}
