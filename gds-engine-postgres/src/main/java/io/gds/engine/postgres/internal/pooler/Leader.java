package io.gds.engine.postgres.internal.pooler;

import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.config.HostPort;
import java.util.Optional;

/** Who takes writes now, by the servers' own word. Thread-safe; may block for a connect. */
@FunctionalInterface
public interface Leader {
    /** The only member that has left recovery; empty while there is none. */
    Optional<Serving> find();

    /** Asks every member of the cluster. */
    static Leader of(PostgresEngine engine) {
        return new MembersAsked(engine);
    }

    /**
     * A member that takes writes.
     *
     * @param member its name
     * @param address where it listens
     */
    record Serving(String member, HostPort address) {}
}
