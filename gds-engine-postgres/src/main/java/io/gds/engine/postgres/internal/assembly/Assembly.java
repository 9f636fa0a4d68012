package io.gds.engine.postgres.internal.assembly;

import io.gds.database.Cloning;
import io.gds.database.ReplicationAdmin;
import io.gds.database.plan.Params;
import io.gds.database.spi.EngineContext;
import io.gds.database.spi.ProbeTable;
import io.gds.database.spi.RollingVerbs;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.admin.StreamingReplicationAdmin;
import io.gds.engine.postgres.internal.clone.PostgresCloning;
import io.gds.engine.postgres.internal.config.PatroniSpec;
import io.gds.engine.postgres.internal.config.PostgresSpec;
import io.gds.engine.postgres.internal.patroni.PatroniAssembly;
import io.gds.engine.postgres.internal.patroni.clone.PatroniCloning;
import io.gds.engine.postgres.internal.probe.PostgresProbeTable;
import io.gds.engine.postgres.internal.steps.DirectFailover;
import io.gds.engine.postgres.internal.steps.StreamingVerbs;

/** Makes an engine with all its abilities. */
final class Assembly {
    private Assembly() {}

    static PostgresEngine open(Params spec, EngineContext context) {
        PostgresEngine engine = new PostgresEngine(PostgresSpec.of(spec), context);
        engine.add(ProbeTable.class, new PostgresProbeTable(engine));
        if (engine.packages().isPresent() && engine.spec().shell().isPresent()) {
            if (engine.spec().patroni().isPresent()) {
                patroni(engine, engine.spec().patroni().get());
            } else {
                streaming(engine);
            }
        }
        return engine;
    }

    private static void patroni(PostgresEngine engine, PatroniSpec spec) {
        PatroniAssembly.add(engine, spec);
        PatroniCloning cloning = new PatroniCloning(engine, spec, Assembly::open);
        engine.keep(PatroniCloning.class, cloning);
        engine.add(Cloning.class, cloning);
    }

    private static void streaming(PostgresEngine engine) {
        engine.add(RollingVerbs.class, new StreamingVerbs(engine));
        engine.add(
                ReplicationAdmin.class,
                new StreamingReplicationAdmin(engine.topologyReader(), new DirectFailover(engine)));
        engine.add(Cloning.class, new PostgresCloning(engine, Assembly::open));
    }
}
