package io.gds.engine.postgres.internal.sql;

import io.gds.engine.postgres.internal.config.HostPort;
import java.util.List;

/**
 * Where a connection goes.
 *
 * @param name for messages
 * @param hosts tried in this order
 * @param database the database
 * @param role the driver's {@code targetServerType}
 * @param patient whether reads may take for ever
 */
record Target(String name, List<HostPort> hosts, String database, String role, boolean patient) {
    static final String PRIMARY = "primary";

    static Target any(String name, List<HostPort> hosts, String database) {
        return new Target(name, hosts, database, "any", false);
    }

    static Target primary(String name, List<HostPort> hosts, String database) {
        return new Target(name, hosts, database, PRIMARY, false);
    }

    Target unhurried() {
        return new Target(name, hosts, database, role, true);
    }

    String url() {
        return "jdbc:postgresql://" + HostPort.jdbc(hosts) + "/";
    }
}
