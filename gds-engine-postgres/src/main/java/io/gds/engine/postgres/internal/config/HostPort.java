package io.gds.engine.postgres.internal.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An address.
 *
 * @param host name or address; an IPv6 address without brackets
 * @param port the port
 */
public record HostPort(String host, int port) {
    /** Reads {@code host:port,host:port}; empty when any part is not an address. */
    static Optional<List<HostPort>> list(String text) {
        List<HostPort> all = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Optional<HostPort> one = parse(part.strip());
            if (one.isEmpty()) {
                return Optional.empty();
            }
            all.add(one.get());
        }
        return Optional.of(all);
    }

    private static Optional<HostPort> parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            return Optional.empty();
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        String port = text.substring(colon + 1);
        if (!isHost(host) || !port.matches("\\d{1,5}") || !isPort(Long.parseLong(port))) {
            return Optional.empty();
        }
        return Optional.of(new HostPort(host, Integer.parseInt(port)));
    }

    static boolean isPort(long number) {
        return number >= 1 && number <= 65535;
    }

    /** Letters, digits and what addresses need: nothing that means something in a JDBC address. */
    static boolean isHost(String host) {
        return host.matches("[A-Za-z0-9._:%-]+");
    }

    /** The part of a JDBC address that names these hosts. */
    public static String jdbc(List<HostPort> hosts) {
        return hosts.stream().map(HostPort::toString).collect(Collectors.joining(","));
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
