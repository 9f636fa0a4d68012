package io.gds.database.spi;

import static java.util.Objects.requireNonNull;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The shells of a cluster's hosts: one for each host, opened when it is first needed. Thread-safe. */
public final class HostShells implements AutoCloseable {
    private final Optional<Params> settings;
    private final EngineContext context;
    private final Map<String, HostShell> open = new HashMap<>();

    /**
     * Shells of a cluster; none is opened yet.
     *
     * @param settings the {@code shell} object of the cluster's spec
     * @param context opens them
     */
    public HostShells(Optional<Params> settings, EngineContext context) {
        this.settings = requireNonNull(settings, "settings");
        this.context = requireNonNull(context, "context");
    }

    /**
     * The shell of a host by the cluster's settings.
     *
     * @throws GdsDatabaseException with code {@code GDS-SHELL-MISSING} when the spec has none
     */
    public HostShell at(String host) {
        return at(host, Optional.empty());
    }

    /**
     * The shell of a host by settings of its own, or the cluster's.
     *
     * @throws GdsDatabaseException with code {@code GDS-SHELL-MISSING} when neither is there
     */
    public synchronized HostShell at(String host, Optional<Params> own) {
        Params chosen = own.or(() -> settings).orElseThrow(() -> GdsDatabaseException.user("GDS-SHELL-MISSING")
                .message("cluster " + context.reference().name() + " has no shell in its spec, and this needs one.")
                .remedy("add shell to the spec, for example type: local.")
                .build());
        String key = own.isEmpty() ? host : host + " " + chosen.toJson();
        return open.computeIfAbsent(key, k -> context.shell(host, chosen));
    }

    /** Gives all connections back; a shell that is asked for later is opened again. */
    @Override
    public synchronized void close() {
        open.values().forEach(HostShell::close);
        open.clear();
    }
}
