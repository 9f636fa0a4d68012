package io.gds.engine.postgres.internal;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import io.gds.database.spi.EngineContext;
import io.gds.database.spi.HostShell;
import io.gds.engine.postgres.internal.config.PostgresSpec;
import java.util.HashMap;
import java.util.Map;

/** One shell for each host, opened when it is first needed. Thread-safe. */
final class HostShells implements AutoCloseable {
    private final PostgresSpec spec;
    private final EngineContext context;
    private final Map<String, HostShell> open = new HashMap<>();

    HostShells(PostgresSpec spec, EngineContext context) {
        this.spec = spec;
        this.context = context;
    }

    /** The shell of the host that a member lives on. */
    synchronized HostShell of(String member) {
        Params settings = spec.shell().orElseThrow(() -> GdsDatabaseException.user("GDS-SHELL-MISSING")
                .message("cluster " + spec.name() + " has no shell in its spec, and this needs one.")
                .remedy("add shell to the spec, for example type: local.")
                .build());
        String host = spec.member(member).address().host();
        return open.computeIfAbsent(host, h -> context.shell(h, settings));
    }

    @Override
    public synchronized void close() {
        open.values().forEach(HostShell::close);
        open.clear();
    }
}
