package io.gds.engine.postgres.internal.config;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.error.InvalidSpecException;
import io.gds.database.error.Problem;
import io.gds.database.plan.Params;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A cluster spec that was checked.
 *
 * @param name the cluster's name
 * @param environment production, test or another word
 * @param connection how to log in
 * @param endpoint where the application connects; all members unless given
 * @param members at least one
 * @param packages settings of the package manager; without them nothing can be patched
 * @param shell settings of the host shells
 * @param clones where clones live
 * @param patroni how Patroni is reached; empty for plain streaming
 * @param backup the rule about backups
 * @param poolers the PgBouncers in front of the cluster
 * @param haproxies the HAProxies in front of the cluster
 * @param holds applications that hold their own traffic
 */
public record PostgresSpec(
        String name,
        String environment,
        ConnectionSpec connection,
        List<HostPort> endpoint,
        List<MemberSpec> members,
        Optional<Params> packages,
        Optional<Params> shell,
        Optional<CloneSpec> clones,
        Optional<PatroniSpec> patroni,
        Optional<Params> backup,
        List<PoolerSpec> poolers,
        List<HaproxySpec> haproxies,
        List<HoldSpec> holds) {
    /** Copies. */
    public PostgresSpec {
        endpoint = List.copyOf(endpoint);
        members = List.copyOf(members);
        poolers = List.copyOf(poolers);
        haproxies = List.copyOf(haproxies);
        holds = List.copyOf(holds);
    }

    /** Every mistake of a spec; empty when there is none. */
    public static List<Problem> check(Params spec) {
        SpecReader reader = new SpecReader(spec);
        reader.read();
        return reader.problems();
    }

    /**
     * Reads a spec.
     *
     * @throws InvalidSpecException with every mistake
     */
    public static PostgresSpec of(Params spec) {
        SpecReader reader = new SpecReader(spec);
        PostgresSpec read = reader.read();
        if (!reader.problems().isEmpty()) {
            throw new InvalidSpecException("the cluster spec", reader.problems());
        }
        return read;
    }

    /** Whether this cluster is marked as one that matters. */
    public boolean isProduction() {
        return environment.equals("production");
    }

    /** The host's account that owns servers and data; empty for the shell's own. */
    public Optional<String> serverUser() {
        return shell.flatMap(s -> s.optionalString("user"));
    }

    /**
     * A member by name.
     *
     * @throws GdsDatabaseException with code {@code GDS-MEMBER} when there is none
     */
    public MemberSpec member(String wanted) {
        return members.stream()
                .filter(m -> m.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> GdsDatabaseException.user("GDS-MEMBER")
                        .message("no member \"" + wanted + "\" in cluster " + name + ".")
                        .remedy("name one of: "
                                + members.stream().map(MemberSpec::name).collect(Collectors.joining(", ")) + ".")
                        .build());
    }

    /** The member at an address as it is written in the spec. */
    public Optional<MemberSpec> memberAt(HostPort address) {
        return members.stream().filter(m -> m.address().equals(address)).findFirst();
    }
}
