package io.gds.engine.postgres.internal.clone;

import io.gds.database.plan.ClusterRef;
import io.gds.database.plan.Params;
import io.gds.database.spi.BackupRule;
import io.gds.database.spi.EngineContext;
import io.gds.database.spi.HostShell;
import io.gds.database.spi.PackageManager;
import io.gds.database.spi.Secrets;
import java.time.Clock;
import java.util.function.Function;

/** A clone's context: everything of its source's but the cluster it is about. */
record BorrowedContext(ClusterRef reference, EngineContext like) implements EngineContext {
    @Override
    public Clock clock() {
        return like.clock();
    }

    @Override
    public Secrets secrets() {
        return like.secrets();
    }

    @Override
    public HostShell shell(String host, Params settings) {
        return like.shell(host, settings);
    }

    @Override
    public PackageManager packages(Params settings, Function<String, HostShell> shells) {
        return like.packages(settings, shells);
    }

    @Override
    public BackupRule backups(Params settings, Function<String, HostShell> shells) {
        return like.backups(settings, shells);
    }
}
