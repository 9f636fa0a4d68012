package io.gds.engine.mssql.internal.assembly;

import io.gds.database.ConfigAdmin;
import io.gds.database.LogSource;
import io.gds.database.MetricSource;
import io.gds.database.ProcessAdmin;
import io.gds.database.ReplicationAdmin;
import io.gds.database.UserAdmin;
import io.gds.database.spi.ClusterParts;
import io.gds.database.spi.EngineContext;
import io.gds.database.spi.ProbeTable;
import io.gds.database.spi.RollingVerbs;
import io.gds.engine.mssql.GroupNodes;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.admin.GroupReplication;
import io.gds.engine.mssql.internal.admin.GroupSurface;
import io.gds.engine.mssql.internal.admin.Logins;
import io.gds.engine.mssql.internal.admin.OnPrimary;
import io.gds.engine.mssql.internal.admin.Sessions;
import io.gds.engine.mssql.internal.config.MssqlSpec;
import io.gds.engine.mssql.internal.logs.ErrorLog;
import io.gds.engine.mssql.internal.metrics.InstanceMetrics;
import io.gds.engine.mssql.internal.probe.GroupProbeTable;
import io.gds.engine.mssql.internal.settings.InstanceSettings;
import io.gds.engine.mssql.internal.steps.DirectFailover;
import io.gds.engine.mssql.internal.steps.DirectNodes;
import io.gds.engine.mssql.internal.steps.GroupVerbs;
import java.time.Clock;

/** The engine of a spec that names availability groups: what is administered is administered on whichever instance is primary. */
final class GroupCluster {
    private GroupCluster() {}

    /** Opens it; nothing is connected to yet. */
    static MssqlEngine open(MssqlSpec spec, EngineContext context) {
        MssqlEngine engine = new MssqlEngine(spec, context, GroupSurface::new);
        Clock clock = context.clock();
        boolean encrypted = !spec.encryption().mode().equals("false");
        spec.application().ifPresent(a -> engine.add(ProbeTable.class, new GroupProbeTable(engine, a)));
        engine.add(UserAdmin.class, OnPrimary.facet(UserAdmin.class, engine, a -> new Logins(a, clock, encrypted)));
        engine.add(ProcessAdmin.class, OnPrimary.facet(ProcessAdmin.class, engine, a -> new Sessions(a, clock)));
        engine.add(ConfigAdmin.class, OnPrimary.facet(ConfigAdmin.class, engine, a -> new InstanceSettings(a, clock)));
        engine.add(MetricSource.class, OnPrimary.facet(MetricSource.class, engine, a -> new InstanceMetrics(a, clock)));
        engine.add(LogSource.class, OnPrimary.facet(LogSource.class, engine, ErrorLog::new));
        engine.add(ReplicationAdmin.class, new GroupReplication(engine::topology, target -> new DirectFailover(engine)
                .to(target)));
        engine.add(GroupNodes.class, new DirectNodes(engine));
        boolean installs = spec.packages().mapping().isPresent() || spec.linux().isPresent();
        if (installs && spec.shell().isPresent()) {
            GroupVerbs verbs = new GroupVerbs(engine);
            engine.add(RollingVerbs.class, verbs);
            engine.add(ClusterParts.class, verbs);
        }
        return engine;
    }
}
