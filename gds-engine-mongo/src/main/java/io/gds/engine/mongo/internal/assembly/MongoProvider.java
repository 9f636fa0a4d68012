package io.gds.engine.mongo.internal.assembly;

import io.gds.database.Cloning;
import io.gds.database.ConfigAdmin;
import io.gds.database.LogSource;
import io.gds.database.MetricSource;
import io.gds.database.ProcessAdmin;
import io.gds.database.ReplicationAdmin;
import io.gds.database.UserAdmin;
import io.gds.database.error.Problem;
import io.gds.database.plan.Params;
import io.gds.database.spi.ClusterParts;
import io.gds.database.spi.EngineContext;
import io.gds.database.spi.EngineProvider;
import io.gds.database.spi.ProbeTable;
import io.gds.database.spi.RollingVerbs;
import io.gds.database.spi.StepHandler;
import io.gds.database.spi.UpgradeVerbs;
import io.gds.engine.mongo.internal.MongoCluster;
import io.gds.engine.mongo.internal.MongoEngine;
import io.gds.engine.mongo.internal.ShardedEngine;
import io.gds.engine.mongo.internal.admin.Operations;
import io.gds.engine.mongo.internal.admin.Parameters;
import io.gds.engine.mongo.internal.admin.Replication;
import io.gds.engine.mongo.internal.admin.ServerLogs;
import io.gds.engine.mongo.internal.admin.Statistics;
import io.gds.engine.mongo.internal.admin.Users;
import io.gds.engine.mongo.internal.clone.MongoCloning;
import io.gds.engine.mongo.internal.config.MongoSpec;
import io.gds.engine.mongo.internal.config.ShardedSpec;
import io.gds.engine.mongo.internal.probe.MongoProbeTable;
import io.gds.engine.mongo.internal.steps.DirectFailover;
import io.gds.engine.mongo.internal.steps.MongoActions;
import io.gds.engine.mongo.internal.steps.MongoUpgrade;
import io.gds.engine.mongo.internal.steps.MongoVerbs;
import io.gds.engine.mongo.internal.steps.ShardedUpgrade;
import io.gds.engine.mongo.internal.steps.ShardedVerbs;
import java.time.Clock;
import java.util.Collection;
import java.util.List;

/** The entry of this plugin. */
public final class MongoProvider implements EngineProvider<MongoCluster> {
    /** For ServiceLoader. */
    public MongoProvider() {}

    @Override
    public String id() {
        return "mongo";
    }

    @Override
    public List<Problem> check(Params spec) {
        return ShardedSpec.isMeantBy(spec) ? ShardedSpec.check(spec) : MongoSpec.check(spec);
    }

    @Override
    public MongoCluster open(Params spec, EngineContext context) {
        return ShardedSpec.isMeantBy(spec)
                ? sharded(ShardedSpec.of(spec), context)
                : replicaSet(MongoSpec.of(spec), context);
    }

    private static MongoEngine replicaSet(MongoSpec spec, EngineContext context) {
        MongoEngine engine = new MongoEngine(spec, context);
        Clock clock = context.clock();
        engine.add(ProbeTable.class, new MongoProbeTable(engine));
        engine.add(UserAdmin.class, new Users(engine.clients(), clock));
        engine.add(ProcessAdmin.class, new Operations(engine.spec(), engine.clients(), clock));
        engine.add(ConfigAdmin.class, new Parameters(engine.clients(), clock, engine::views));
        engine.add(MetricSource.class, new Statistics(engine.spec(), engine.clients(), clock, engine::topology));
        engine.add(LogSource.class, new ServerLogs(engine.spec(), engine.clients(), engine::shell));
        engine.add(ReplicationAdmin.class, new Replication(engine::topology, new DirectFailover(engine)::to));
        if (canBePatched(spec)) {
            engine.add(RollingVerbs.class, new MongoVerbs(engine));
            engine.add(UpgradeVerbs.class, new MongoUpgrade(engine));
            engine.add(Cloning.class, new MongoCloning(engine, MongoProvider::replicaSet));
        }
        return engine;
    }

    /** What is about one server only is asked of the replica set that it belongs to, by a spec of its own. */
    private static MongoCluster sharded(ShardedSpec spec, EngineContext context) {
        ShardedEngine engine = new ShardedEngine(spec, context);
        engine.add(ProbeTable.class, new MongoProbeTable(engine.routers()));
        engine.add(UserAdmin.class, new Users(engine.routers().clients(), context.clock()));
        engine.add(
                ReplicationAdmin.class, new Replication(engine::topology, m -> new DirectFailover(engine.of(m)).to(m)));
        if (canBePatched(spec.configServers())) {
            ShardedVerbs verbs = new ShardedVerbs(engine);
            engine.add(RollingVerbs.class, verbs);
            engine.add(ClusterParts.class, verbs);
            engine.add(UpgradeVerbs.class, new ShardedUpgrade(engine));
        }
        return engine;
    }

    private static boolean canBePatched(MongoSpec spec) {
        return spec.packages().isPresent() && spec.shell().isPresent();
    }

    @Override
    public Collection<? extends StepHandler<MongoCluster>> handlers() {
        return MongoActions.handlers();
    }
}
