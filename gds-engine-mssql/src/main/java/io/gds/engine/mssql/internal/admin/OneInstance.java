package io.gds.engine.mssql.internal.admin;

import io.gds.database.ConfigAdmin;
import io.gds.database.LogSource;
import io.gds.database.MetricSource;
import io.gds.database.ProcessAdmin;
import io.gds.database.ReplicationAdmin;
import io.gds.database.UserAdmin;
import io.gds.database.spi.EngineContext;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.config.MssqlSpec;
import io.gds.engine.mssql.internal.logs.ErrorLog;
import io.gds.engine.mssql.internal.metrics.InstanceMetrics;
import io.gds.engine.mssql.internal.settings.InstanceSettings;
import io.gds.engine.mssql.internal.sql.SqlAccess;
import java.time.Clock;

/** The engine of a spec that names one instance: a server with its databases and all that is administered on it. */
public final class OneInstance {
    private OneInstance() {}

    /** Whether a spec names one instance, and not a group. */
    public static boolean isMeantBy(MssqlSpec spec) {
        return !spec.isGrouped() && spec.targets().size() == 1;
    }

    /** Opens it; nothing is connected to yet. */
    public static MssqlEngine open(MssqlSpec spec, EngineContext context) {
        MssqlEngine engine = new MssqlEngine(spec, context, InstanceSurface::new);
        SqlAccess access = engine.access(spec.targets().get(0).name());
        Clock clock = context.clock();
        engine.add(
                UserAdmin.class,
                new Logins(access, clock, !spec.encryption().mode().equals("false")));
        engine.add(ProcessAdmin.class, new Sessions(access, clock));
        engine.add(ConfigAdmin.class, new InstanceSettings(access, clock));
        engine.add(MetricSource.class, new InstanceMetrics(access, clock));
        engine.add(LogSource.class, new ErrorLog(access));
        engine.add(ReplicationAdmin.class, new Replicas(access));
        return engine;
    }
}
