package io.gds.engine.postgres.internal.config;

import io.gds.database.plan.Params;
import io.gds.database.spi.SpecFields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A PgBouncer in front of the cluster.
 *
 * @param name unique among the cluster's poolers
 * @param address where it listens, for us and on its own host
 * @param databases names of this cluster's databases in the pooler: only these are ever paused
 * @param user one of its {@code admin_users}
 * @param password a reference to that user's password, never the password
 * @param sslMode the driver's word, for the console
 * @param configFile its configuration on its host; empty to ask the pooler
 * @param shell settings of the shell of its host; empty for the cluster's
 * @param pauseLimit how long clients may be made to wait in all; empty for half of {@code query_wait_timeout}, 40 s at most
 */
public record PoolerSpec(
        String name,
        HostPort address,
        List<String> databases,
        String user,
        String password,
        String sslMode,
        Optional<String> configFile,
        Optional<Params> shell,
        Optional<Duration> pauseLimit) {
    /** Copies. */
    public PoolerSpec {
        databases = List.copyOf(databases);
    }

    /** Reads the list {@code poolers} of a spec and notes what is wrong with it; empty when there is none. */
    static List<PoolerSpec> read(SpecFields spec) {
        if (!spec.has("poolers")) {
            return List.of();
        }
        List<PoolerSpec> all = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<HostPort> addresses = new HashSet<>();
        for (SpecFields fields : spec.objects("poolers")) {
            PoolerSpec one = one(fields);
            if (!one.name().isEmpty() && !names.add(one.name())) {
                fields.wrong("name", "\"" + one.name() + "\" again", "a name that no other pooler has");
            }
            if (one.address().port() > 0 && !addresses.add(one.address())) {
                fields.wrong("port", one.address() + " again", "an address that no other pooler has");
            }
            all.add(one);
        }
        return all;
    }

    private static PoolerSpec one(SpecFields fields) {
        fields.only(
                "name",
                "host",
                "port",
                "databases",
                "user",
                "password",
                "sslMode",
                "configFile",
                "shell",
                "pauseLimit");
        String name = fields.text("name", "a name");
        if (!name.isEmpty() && !name.matches("[A-Za-z0-9._-]+")) {
            fields.wrong("name", "\"" + name + "\"", "letters, digits, dots, dashes and underscores");
        }
        String host = fields.text("host", "a host name or address");
        if (!host.isEmpty() && !HostPort.isHost(host)) {
            fields.wrong("host", "\"" + host + "\"", "a host name or address");
        }
        Optional<String> configFile = fields.optionalText("configFile");
        if (configFile.filter(f -> !f.startsWith("/") || f.indexOf('\n') >= 0).isPresent()) {
            fields.wrong("configFile", "\"" + configFile.get() + "\"", "an absolute path on the pooler's host");
        }
        Optional<SpecFields> shell = fields.optionalObject("shell");
        shell.ifPresent(s -> s.text("type", "the name of a provider"));
        Optional<Duration> limit = fields.has("pauseLimit")
                ? Optional.of(fields.duration("pauseLimit", Duration.ofSeconds(1)))
                : Optional.empty();
        if (limit.filter(l -> l.compareTo(Duration.ofSeconds(1)) < 0).isPresent()) {
            fields.wrong("pauseLimit", "\"" + limit.get() + "\"", "a duration of at least PT1S");
        }
        return new PoolerSpec(
                name,
                new HostPort(host, fields.port("port")),
                databases(fields),
                fields.text("user", "one of the pooler's admin_users"),
                SpecReader.password(fields),
                SpecReader.sslMode(fields),
                configFile,
                shell.map(s -> Params.of(s.values())),
                limit);
    }

    private static List<String> databases(SpecFields fields) {
        List<String> all = fields.texts("databases", "names of the cluster's databases in the pooler");
        for (String database : all) {
            if (database.equals("*") || database.equals("pgbouncer") || database.indexOf('\n') >= 0) {
                fields.wrong("databases", "\"" + database + "\"", "the name of one database");
            }
        }
        return all;
    }
}
