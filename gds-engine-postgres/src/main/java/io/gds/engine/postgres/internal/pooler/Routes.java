package io.gds.engine.postgres.internal.pooler;

import io.gds.engine.postgres.internal.config.HostPort;
import io.gds.engine.postgres.internal.config.MemberSpec;
import io.gds.engine.postgres.internal.config.PostgresSpec;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Tells whether an entry of a pooler names a member itself, and so must be pointed to another one after a switchover; all
 * else (a proxy, an address that moves, a name that moves) follows the primary by itself. Stateless.
 */
final class Routes {
    private static final String LITERAL = "[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.%]*";

    private final PostgresSpec spec;

    Routes(PostgresSpec spec) {
        this.spec = spec;
    }

    /** The member that an address names; empty for anything else. */
    Optional<String> member(Optional<String> host, int port) {
        return host.flatMap(h -> spec.members().stream()
                .filter(m -> m.address().port() == port && isSameHost(h, m.address()))
                .map(MemberSpec::name)
                .findFirst());
    }

    /** Words are compared as words: a name that leads to a member today may be one that moves with the primary. */
    private static boolean isSameHost(String host, HostPort member) {
        if (host.equalsIgnoreCase(member.host())) {
            return true;
        }
        if (!host.matches(LITERAL)) {
            return false;
        }
        try {
            InetAddress address = InetAddress.getByName(host);
            return Arrays.asList(InetAddress.getAllByName(member.host())).contains(address);
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
