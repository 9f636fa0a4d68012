package io.gds.database.core.internal.config;

import static java.util.Objects.requireNonNull;

import io.gds.database.core.internal.backup.BackupRules;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.ClusterRef;
import io.gds.database.plan.Params;
import io.gds.database.spi.BackupCheckProvider;
import io.gds.database.spi.BackupRule;
import io.gds.database.spi.EngineContext;
import io.gds.database.spi.HostShell;
import io.gds.database.spi.HostShellProvider;
import io.gds.database.spi.PackageManager;
import io.gds.database.spi.PackageManagerProvider;
import io.gds.database.spi.Secrets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one engine is lent. The engine closes the shells it opened; when opening the engine itself fails, the core calls
 * {@link #abandon()}. Thread-safe.
 */
public final class DefaultEngineContext implements EngineContext {
    private final ClusterRef reference;
    private final Clock clock;
    private final Plugins plugins;
    /** Shells to close if the engine never comes to be; null once it has. Guarded by this. */
    private @Nullable List<HostShell> opening = new ArrayList<>();

    /** Lends to the engine of one cluster. */
    public DefaultEngineContext(ClusterRef reference, Clock clock, Plugins plugins) {
        this.reference = requireNonNull(reference, "reference");
        this.clock = requireNonNull(clock, "clock");
        this.plugins = requireNonNull(plugins, "plugins");
    }

    @Override
    public ClusterRef reference() {
        return reference;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public Secrets secrets() {
        return plugins.secrets();
    }

    @Override
    public HostShell shell(String host, Params settings) {
        Map<String, HostShellProvider> known = plugins.shells().found();
        HostShellProvider provider = choose(known, settings, "GDS-SHELL-TYPE", "shell.type");
        HostShell shell = provider.open(host, settings, secrets());
        synchronized (this) {
            if (opening != null) {
                opening.add(shell);
            }
        }
        return shell;
    }

    @Override
    public PackageManager packages(Params settings, Function<String, HostShell> shells) {
        Map<String, PackageManagerProvider> known = plugins.packages().found();
        return choose(known, settings, "GDS-PACKAGE-TYPE", "packages.type").open(settings, shells);
    }

    @Override
    public BackupRule backups(Params settings, Function<String, HostShell> shells) {
        Map<String, BackupCheckProvider> known = plugins.backups().found();
        BackupCheckProvider provider = choose(known, settings, "GDS-BACKUP-TYPE", "backup.type");
        return BackupRules.rule(provider, settings, shells, secrets());
    }

    /** The engine is open: its shells are its own from here on. */
    public synchronized void opened() {
        opening = null;
    }

    /** The engine could not be opened: closes what it had opened. */
    public synchronized void abandon() {
        if (opening != null) {
            opening.forEach(HostShell::close);
            opening = null;
        }
    }

    private <T> T choose(Map<String, T> known, Params settings, String code, String field) {
        Object type = settings.asMap().get("type");
        T provider = type instanceof String s ? known.get(s) : null;
        if (provider == null) {
            throw GdsDatabaseException.user(code)
                    .message("cluster " + reference.name() + ": " + field + ": found "
                            + (type == null ? "nothing" : "\"" + type + "\"") + ", expected one of " + known.keySet()
                            + ".")
                    .remedy("correct the spec, or add the jar of the plugin that brings this type.")
                    .build();
        }
        return provider;
    }
}
