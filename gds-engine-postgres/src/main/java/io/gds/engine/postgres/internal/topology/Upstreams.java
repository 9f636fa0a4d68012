package io.gds.engine.postgres.internal.topology;

import io.gds.engine.postgres.internal.config.HostPort;
import io.gds.engine.postgres.internal.config.MemberSpec;
import io.gds.engine.postgres.internal.config.PostgresSpec;
import io.gds.engine.postgres.internal.topology.MemberFacts.Receiver;
import io.gds.engine.postgres.internal.topology.MemberFacts.Sender;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Who follows whom, and which row of the upstream is whose. Guesses nothing: what is ambiguous stays unknown. */
final class Upstreams {
    private final PostgresSpec spec;

    Upstreams(PostgresSpec spec) {
        this.spec = spec;
    }

    /** The configured member that a receiver is connected to; empty when that is none of them. */
    Optional<MemberSpec> of(Receiver receiver) {
        if (receiver.host().isEmpty()) {
            return Optional.empty();
        }
        Optional<MemberSpec> exact = spec.memberAt(new HostPort(receiver.host(), receiver.port()));
        if (exact.isPresent()) {
            return exact;
        }
        Set<InetAddress> sender = addresses(receiver.host());
        List<MemberSpec> same = spec.members().stream()
                .filter(m -> m.address().port() == receiver.port())
                .filter(m -> addresses(m.address().host()).stream().anyMatch(sender::contains))
                .toList();
        return same.size() == 1 ? Optional.of(same.get(0)) : Optional.empty();
    }

    /**
     * The upstream's row for a standby.
     *
     * @param standby the standby
     * @param receiver its receiver, connected to that upstream
     * @param rows all rows of that upstream
     * @param alone whether no other member is connected to that upstream
     */
    Optional<Sender> row(MemberSpec standby, Receiver receiver, List<Sender> rows, boolean alone) {
        List<Sender> named = only(
                rows, s -> !s.applicationName().isEmpty() && s.applicationName().equals(receiver.applicationName()));
        if (named.size() == 1) {
            return Optional.of(named.get(0));
        }
        // The slot is one follower's alone; the name often is the same for all of them.
        List<Sender> slotted =
                only(rows, s -> !receiver.slot().isEmpty() && s.slot().equals(receiver.slot()));
        if (slotted.size() == 1) {
            return Optional.of(slotted.get(0));
        }
        List<Sender> left = named.isEmpty() ? rows : named;
        List<Sender> from = only(left, s -> comesFrom(s, standby));
        if (from.size() == 1 && !sharesHost(standby)) {
            return Optional.of(from.get(0));
        }
        return alone && rows.size() == 1 ? Optional.of(rows.get(0)) : Optional.empty();
    }

    private boolean sharesHost(MemberSpec standby) {
        return spec.members().stream()
                .anyMatch(m -> !m.equals(standby)
                        && m.address().host().equals(standby.address().host()));
    }

    private static boolean comesFrom(Sender sender, MemberSpec standby) {
        return !sender.address().isEmpty()
                && addresses(standby.address().host()).stream()
                        .anyMatch(a -> a.getHostAddress().equals(sender.address()));
    }

    private static List<Sender> only(List<Sender> rows, Predicate<Sender> wanted) {
        return rows.stream().filter(wanted).toList();
    }

    private static Set<InetAddress> addresses(String host) {
        if (host.startsWith("/")) {
            return Set.of();
        }
        try {
            return new HashSet<>(Arrays.asList(InetAddress.getAllByName(host)));
        } catch (UnknownHostException e) {
            return Set.of();
        }
    }
}
