package io.gds.engine.postgres.internal.config;

import io.gds.database.plan.Params;
import io.gds.database.spi.SpecFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An HAProxy in front of the cluster, whose configuration is read to say what outage to expect.
 *
 * @param host where it runs
 * @param proxy the {@code listen} or {@code backend} section that leads to the primary
 * @param configFile its configuration on that host
 * @param shell settings of the shell of that host; empty for the cluster's
 */
public record HaproxySpec(String host, String proxy, String configFile, Optional<Params> shell) {
    private static final String DEFAULT_FILE = "/etc/haproxy/haproxy.cfg";

    /** Reads the list {@code haproxies} of a spec and notes what is wrong with it; empty when there is none. */
    static List<HaproxySpec> read(SpecFields spec) {
        if (!spec.has("haproxies")) {
            return List.of();
        }
        List<HaproxySpec> all = new ArrayList<>();
        for (SpecFields fields : spec.objects("haproxies")) {
            fields.only("host", "proxy", "configFile", "shell");
            String host = fields.text("host", "a host name or address");
            if (!host.isEmpty() && !HostPort.isHost(host)) {
                fields.wrong("host", "\"" + host + "\"", "a host name or address");
            }
            String file = fields.optionalText("configFile").orElse(DEFAULT_FILE);
            if (!file.startsWith("/")) {
                fields.wrong("configFile", "\"" + file + "\"", "an absolute path on that host");
            }
            Optional<SpecFields> shell = fields.optionalObject("shell");
            shell.ifPresent(s -> s.text("type", "the name of a provider"));
            all.add(new HaproxySpec(
                    host,
                    fields.text("proxy", "the listen or backend section that leads to the primary"),
                    file,
                    shell.map(s -> Params.of(s.values()))));
        }
        return all;
    }
}
