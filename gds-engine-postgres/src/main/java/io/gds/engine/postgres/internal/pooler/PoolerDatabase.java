package io.gds.engine.postgres.internal.pooler;

import java.util.Optional;

/**
 * One row of {@code SHOW DATABASES}.
 *
 * @param name what clients call it
 * @param host as configured: a name, an address, a list of them, a socket's directory; empty for the default socket
 * @param port as configured
 * @param database what the server calls it
 * @param poolMode empty for the pooler's default
 * @param paused whether it is paused
 * @param disabled whether new clients are refused
 */
record PoolerDatabase(
        String name,
        Optional<String> host,
        int port,
        String database,
        Optional<String> poolMode,
        boolean paused,
        boolean disabled) {
    /** Where it leads, for messages. */
    String target() {
        return host.orElse("the local socket") + " port " + port;
    }
}
