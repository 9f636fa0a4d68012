package io.gds.engine.mssql.internal.admin;

import io.gds.database.Database;
import io.gds.database.EngineMetadata;
import io.gds.database.EngineMetadata.Status;
import io.gds.database.topology.Topology;
import io.gds.database.version.EngineVersion;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.config.TargetSpec;
import io.gds.engine.mssql.internal.group.GroupTopology;
import io.gds.engine.mssql.internal.group.GroupView;
import io.gds.engine.mssql.internal.group.GroupViews;
import io.gds.engine.mssql.internal.group.InstanceView;
import io.gds.engine.mssql.internal.sql.ServerTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The replicas of groups, seen as one server: its databases are those of whichever instance is primary. Thread-safe. */
public final class GroupSurface implements MssqlEngine.Surface {
    private static final EngineVersion UNKNOWN = EngineVersion.parse("0");
    private static final int DEFAULT_PORT = 1433;

    private final MssqlEngine engine;

    /** The surface of an engine. */
    public GroupSurface(MssqlEngine engine) {
        this.engine = engine;
    }

    @Override
    public EngineMetadata metadata() {
        GroupViews views = GroupViews.of(engine);
        Optional<InstanceView> primary = views.main().primary();
        TargetSpec shown =
                primary.map(InstanceView::target).orElse(engine.spec().targets().get(0));
        Map<String, String> attributes = new TreeMap<>();
        for (GroupView g : views.groups()) {
            attributes.put("primary." + g.name(), g.primaryName().isEmpty() ? "nobody" : g.primaryName());
        }
        return new SeenMetadata(
                engine.name(),
                primary.map(v -> EngineVersion.parse(v.facts().version())).orElse(UNKNOWN),
                primary.map(v -> v.facts().edition()).orElse(""),
                shown.server(),
                shown.port().orElse(DEFAULT_PORT),
                status(views, primary.isPresent()),
                views.targets().size(),
                views.all().size(),
                attributes);
    }

    private static Status status(GroupViews views, boolean led) {
        return !led ? Status.UNAVAILABLE : views.silent().isEmpty() ? Status.AVAILABLE : Status.DEGRADED;
    }

    @Override
    public Topology topology() {
        return GroupTopology.of(GroupViews.of(engine));
    }

    @Override
    public Instant serverTime() {
        return OnPrimary.access(engine)
                .call("reading its clock", s -> ServerTime.read(s).now());
    }

    @Override
    public List<Database> databases() {
        return new Databases(OnPrimary.access(engine), engine.clock()).all();
    }

    @Override
    public Database database(String name) {
        return new Databases(OnPrimary.access(engine), engine.clock()).named(name);
    }
}
