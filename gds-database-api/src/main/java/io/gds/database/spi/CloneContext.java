package io.gds.database.spi;

import io.gds.database.plan.ClusterRef;
import io.gds.database.plan.Params;
import java.time.Clock;
import java.util.function.Function;

/**
 * A clone's context: everything of its source's but the cluster it is about. Immutable.
 *
 * @param reference the clone
 * @param like the context of its source
 * @param packaging makes the clone's package manager
 */
public record CloneContext(ClusterRef reference, EngineContext like, Packaging packaging) implements EngineContext {
    /** Makes a package manager. */
    @FunctionalInterface
    public interface Packaging {
        /** Makes it, as {@link EngineContext#packages} does. */
        PackageManager open(Params settings, Function<String, HostShell> shells);
    }

    /** With the package managers of the source. */
    public CloneContext(ClusterRef reference, EngineContext like) {
        this(reference, like, like::packages);
    }

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
        return packaging.open(settings, shells);
    }

    @Override
    public BackupRule backups(Params settings, Function<String, HostShell> shells) {
        return like.backups(settings, shells);
    }
}
