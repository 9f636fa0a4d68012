package io.gds.engine.mssql.internal.admin;

import io.gds.database.Database;
import io.gds.database.EngineMetadata;
import io.gds.database.EngineMetadata.Status;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.topology.Member;
import io.gds.database.topology.MemberRole;
import io.gds.database.topology.Topology;
import io.gds.database.version.EngineVersion;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.config.TargetSpec;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Instances that stand by themselves, seen as a whole. Databases belong to one of them, and so to a spec that names one. */
public final class FleetSurface implements MssqlEngine.Surface {
    private static final EngineVersion UNKNOWN = EngineVersion.parse("0");
    private static final int DEFAULT_PORT = 1433;

    private final MssqlEngine engine;

    /** The surface of an engine. */
    public FleetSurface(MssqlEngine engine) {
        this.engine = engine;
    }

    /** Of a fleet the version is the lowest that runs. */
    @Override
    public EngineMetadata metadata() {
        Topology seen = topology();
        List<Member> answered =
                seen.members().stream().filter(Member::reachable).toList();
        TargetSpec first = engine.spec().targets().get(0);
        return new SeenMetadata(
                engine.name(),
                answered.stream()
                        .flatMap(m -> m.version().stream())
                        .min(Comparator.naturalOrder())
                        .orElse(UNKNOWN),
                answered.stream()
                        .map(m -> m.attributes().getOrDefault("edition", ""))
                        .findFirst()
                        .orElse(""),
                first.server(),
                first.port().orElse(DEFAULT_PORT),
                status(answered.size(), seen.members().size()),
                seen.members().size(),
                answered.size(),
                Map.of());
    }

    private static Status status(int answered, int all) {
        return answered == 0 ? Status.UNAVAILABLE : answered < all ? Status.DEGRADED : Status.AVAILABLE;
    }

    @Override
    public Topology topology() {
        return InstancesTopology.of(engine, MemberRole.WRITABLE);
    }

    @Override
    public Instant serverTime() {
        throw several("a clock");
    }

    @Override
    public List<Database> databases() {
        throw several("databases");
    }

    @Override
    public Database database(String name) {
        throw several("database " + name);
    }

    private GdsDatabaseException several(String what) {
        return GdsDatabaseException.user("MSSQL-FLEET")
                .message("fleet " + engine.name() + " has "
                        + engine.spec().targets().size() + " instances, each with " + what + " of its own.")
                .remedy("open a spec that names one instance.")
                .build();
    }
}
