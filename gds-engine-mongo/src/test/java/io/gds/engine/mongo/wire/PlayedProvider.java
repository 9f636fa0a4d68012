package io.gds.engine.mongo.wire;

import io.gds.database.error.Problem;
import io.gds.database.plan.ClusterRef;
import io.gds.database.plan.Params;
import io.gds.database.spi.BackupRule;
import io.gds.database.spi.EngineContext;
import io.gds.database.spi.EngineProvider;
import io.gds.database.spi.HostShell;
import io.gds.database.spi.PackageManager;
import io.gds.database.spi.Secrets;
import io.gds.database.spi.StepHandler;
import io.gds.engine.mongo.internal.MongoCluster;
import io.gds.engine.mongo.internal.assembly.MongoProvider;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** The plugin itself, on played hosts with played packages; everything else is as the core lends it. */
final class PlayedProvider implements EngineProvider<MongoCluster> {
    static final String ID = "mongo-played";

    private final MongoProvider real = new MongoProvider();
    private final FakeSet set;
    private final List<String> versions;

    PlayedProvider(FakeSet set, List<String> versions) {
        this.set = set;
        this.versions = versions;
    }

    @Override
    public String id() {
        return ID;
    }

    private static Params asReal(Params spec) {
        return spec.with("engine", "mongo");
    }

    @Override
    public List<Problem> check(Params spec) {
        return real.check(asReal(spec));
    }

    @Override
    public MongoCluster open(Params spec, EngineContext context) {
        return real.open(asReal(spec), new OnPlayedHosts(context));
    }

    @Override
    public Collection<? extends StepHandler<MongoCluster>> handlers() {
        return real.handlers();
    }

    private final class OnPlayedHosts implements EngineContext {
        private final EngineContext lent;

        OnPlayedHosts(EngineContext lent) {
            this.lent = lent;
        }

        @Override
        public ClusterRef reference() {
            return lent.reference();
        }

        @Override
        public Clock clock() {
            return lent.clock();
        }

        @Override
        public Secrets secrets() {
            return lent.secrets();
        }

        @Override
        public HostShell shell(String host, Params settings) {
            return new PlayedHost(set);
        }

        @Override
        public PackageManager packages(Params settings, Function<String, HostShell> shells) {
            return new PlayedPackages(set, versions);
        }

        @Override
        public BackupRule backups(Params settings, Function<String, HostShell> shells) {
            return lent.backups(settings, shells);
        }
    }
}
