package io.gds.engine.mssql.internal.config;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * One instance that is looked after.
 *
 * @param server the host, as it is reached
 * @param instance the name of the instance; empty for the default one
 * @param port its TCP port; empty for 1433, or for a named instance what the host's SQL Server Browser says
 * @param authentication how to log in
 * @param user the login, for a Windows account {@code DOMAIN\name}; empty with Kerberos
 * @param secret the reference of its password; empty with Kerberos
 * @param tags words that it can be chosen by
 * @param environment {@code production} or another word
 * @param enabled whether plans take it in
 */
public record TargetSpec(
        String server,
        Optional<String> instance,
        OptionalInt port,
        Authentication authentication,
        Optional<String> user,
        Optional<String> secret,
        Set<String> tags,
        String environment,
        boolean enabled) {
    /** What Windows calls the default instance. */
    public static final String DEFAULT_INSTANCE = "MSSQLSERVER";

    private static final String PRODUCTION = "production";
    private static final int DEFAULT_PORT = 1433;

    /** Copies the tags. */
    public TargetSpec {
        tags = Set.copyOf(tags);
    }

    /** Its name in plans: {@code server}, or {@code server\instance}. */
    public String name() {
        return instance.map(i -> server + "\\" + i).orElse(server);
    }

    /** A name of an instance as names are compared: without regard to case. */
    public static String folded(String instance) {
        return instance.toUpperCase(Locale.ROOT);
    }

    /** Its name with that of the default instance said as well: without it that would be the server's own name. */
    public String fullName() {
        return server + "\\" + instanceName();
    }

    /** What the host calls the instance. */
    public String instanceName() {
        return instance.orElse(DEFAULT_INSTANCE);
    }

    /** Host and port for people and for fingerprints. */
    public String address() {
        if (port.isPresent()) {
            return server + ":" + port.getAsInt();
        }
        return instance.isPresent() ? name() : server + ":" + DEFAULT_PORT;
    }

    /** Whether a change needs somebody's word. */
    public boolean isProduction() {
        return environment.equalsIgnoreCase(PRODUCTION);
    }
}
