package io.gds.database.spi;

import io.gds.database.plan.ClusterRef;
import io.gds.database.plan.Params;
import java.time.Clock;
import java.util.function.Function;

/** What the core lends to an engine when it opens a cluster. Thread-safe; valid until the engine is closed. */
public interface EngineContext {
    /** The cluster that is opened, as plans and journals refer to it. */
    ClusterRef reference();

    /** The only clock an engine asks. */
    Clock clock();

    /** Resolves secret references at use. */
    Secrets secrets();

    /**
     * Opens a shell on a host by the provider that {@code settings.type} names.
     *
     * @throws io.gds.database.error.GdsDatabaseException with code {@code GDS-SHELL-TYPE} when there is none
     */
    HostShell shell(String host, Params settings);

    /**
     * Makes a package manager by the provider that {@code settings.type} names.
     *
     * @throws io.gds.database.error.GdsDatabaseException with code {@code GDS-PACKAGE-TYPE} when there is none
     */
    PackageManager packages(Params settings, Function<String, HostShell> shells);
}
