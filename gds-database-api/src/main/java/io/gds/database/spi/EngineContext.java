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

    /**
     * Makes the rule about backups that the spec's {@code backup} object describes, by the provider that
     * {@code settings.type} names: its own settings, {@code maxAge} (an ISO-8601 duration, 26 hours unless said) and
     * {@code required} (a missing backup refuses a run; otherwise it may be acknowledged). Does not block.
     *
     * @param settings the {@code backup} object
     * @param shells the shell of a host by the host's name
     * @throws io.gds.database.error.GdsDatabaseException with code {@code GDS-BACKUP-TYPE} when there is no such
     *     provider, and with code {@code GDS-SPEC-INVALID} naming every mistake in the settings
     */
    BackupRule backups(Params settings, Function<String, HostShell> shells);
}
