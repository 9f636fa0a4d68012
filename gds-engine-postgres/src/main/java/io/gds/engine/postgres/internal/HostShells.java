package io.gds.engine.postgres.internal;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import io.gds.database.spi.EngineContext;
import io.gds.database.spi.HostShell;
import io.gds.engine.postgres.internal.config.PostgresSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One shell for each host, opened when it is first needed. Thread-safe. */
final class HostShells implements AutoCloseable {
    private final PostgresSpec spec;
    private final EngineContext context;
    private final Map<String, HostShell> open = new HashMap<>();
    private final Map<String, HostShell> others = new HashMap<>();

    HostShells(PostgresSpec spec, EngineContext context) {
        this.spec = spec;
        this.context = context;
    }

    /** The shell of the host that a member lives on. */
    synchronized HostShell of(String member) {
        return ofHost(spec.member(member).address().host());
    }

    private HostShell ofHost(String host) {
        Params settings = spec.shell().orElseThrow(() -> GdsDatabaseException.user("GDS-SHELL-MISSING")
                .message("cluster " + spec.name() + " has no shell in its spec, and this needs one.")
                .remedy("add shell to the spec, for example type: local.")
                .build());
        return open.computeIfAbsent(host, h -> context.shell(h, settings));
    }

    /** The shell of any host, by settings of its own or the cluster's. */
    synchronized HostShell at(String host, Optional<Params> settings) {
        if (settings.isEmpty()) {
            return ofHost(host);
        }
        return others.computeIfAbsent(host + " " + settings.get().toJson(), h -> context.shell(host, settings.get()));
    }

    @Override
    public synchronized void close() {
        open.values().forEach(HostShell::close);
        open.clear();
        others.values().forEach(HostShell::close);
        others.clear();
    }
}
