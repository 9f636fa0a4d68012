package io.gds.engine.mongo.internal.config;

import java.util.Optional;

/**
 * A member as the spec names it.
 *
 * @param name what plans and people call it
 * @param host as the set's own configuration writes it
 * @param port its port
 * @param configFile the file that {@code mongod} is started with; empty where a unit starts it
 * @param unit the systemd unit that starts it; empty where it is started by its configuration file
 */
public record MemberSpec(String name, String host, int port, Optional<String> configFile, Optional<String> unit) {
    /** {@code host:port}, as the set's own configuration writes it. */
    public String address() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
