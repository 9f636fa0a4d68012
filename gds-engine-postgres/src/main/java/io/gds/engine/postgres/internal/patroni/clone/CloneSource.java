package io.gds.engine.postgres.internal.patroni.clone;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.topology.Lag;
import io.gds.database.topology.Link;
import io.gds.database.topology.Member;
import io.gds.database.topology.MemberRole;
import io.gds.database.topology.Topology;
import io.gds.database.version.EngineVersion;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.clone.CopiedSettings;
import io.gds.engine.postgres.internal.config.HostPort;
import io.gds.engine.postgres.internal.patroni.node.PatroniNode;
import io.gds.engine.postgres.internal.patroni.node.PatroniNodes;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The replica that is copied, and what a copy of it needs to know.
 *
 * @param node Patroni on its host
 * @param address where it listens
 * @param version what it runs
 * @param settings those that a copy takes over
 * @param superuser a role that may do everything and may log in
 * @param tablespaces their directories by their numbers
 * @param bytes how much there is to copy
 */
record CloneSource(
        PatroniNode node,
        HostPort address,
        EngineVersion version,
        Map<String, String> settings,
        String superuser,
        Map<String, String> tablespaces,
        long bytes) {
    private static final Duration COUNTING = Duration.ofMinutes(5);

    /** A role beside which no other can be: the one that made the cluster, unless it may not log in. */
    private static final String SUPERUSER =
            "SELECT rolname::text AS who FROM pg_roles WHERE rolsuper AND rolcanlogin ORDER BY"
                    + " oid <> 10, oid LIMIT 1";

    private static final String SPACES =
            "SELECT oid::text AS id, pg_tablespace_location(oid) AS path FROM pg_tablespace WHERE oid NOT IN (1663, 1664)";

    CloneSource {
        settings = Map.copyOf(settings);
        tablespaces = Map.copyOf(tablespaces);
    }

    String member() {
        return node.member();
    }

    /** The account that owns the server's files. */
    String owner() {
        return node.owner();
    }

    /**
     * Chooses the replica whose work the copy disturbs least: one on the host of clones, then one that no commit waits for,
     * then the one that is furthest.
     *
     * @param near the host of clones, if it is said
     */
    static CloneSource choose(PostgresEngine engine, PatroniNodes nodes, Optional<String> near) {
        Topology t = engine.topology();
        Member chosen = t.withRole(MemberRole.STANDBY).stream()
                .filter(m -> m.version().isPresent())
                .filter(m -> t.linkTo(m.name())
                        .filter(l -> l.state().equals("streaming"))
                        .isPresent())
                .min(Comparator.<Member>comparingInt(m -> isOn(engine, m, near) ? 0 : 1)
                        .thenComparing(m -> isWaitedFor(t, m))
                        .thenComparingLong(m -> lag(t, m))
                        .thenComparing(Member::name))
                .orElseThrow(() -> GdsDatabaseException.user("GDS-CLONE-REFUSED")
                        .message("cluster " + engine.name() + " cannot be cloned: no replica of " + t.members()
                                + " streams, expected one, since a copy is taken from a replica.")
                        .remedy("wait for a replica to stream, or rehearse on a copy of your own.")
                        .build());
        PatroniNode node = nodes.fresh(chosen.name());
        return engine.connections().onMember(chosen.name(), s -> {
            Map<String, String> spaces = new TreeMap<>();
            s.query(SPACES, r -> spaces.put(r.text("id"), r.text("path")));
            return new CloneSource(
                    node,
                    engine.spec().member(chosen.name()).address(),
                    chosen.version().orElseThrow(),
                    CopiedSettings.of(s),
                    s.one(SUPERUSER, r -> r.text("who")),
                    spaces,
                    s.within(COUNTING)
                            .one(
                                    "SELECT sum(pg_database_size(oid))::bigint AS bytes FROM pg_database",
                                    r -> r.number("bytes")));
        });
    }

    private static boolean isOn(PostgresEngine engine, Member m, Optional<String> host) {
        return host.filter(engine.spec().member(m.name()).address().host()::equals)
                .isPresent();
    }

    private static boolean isWaitedFor(Topology t, Member m) {
        String sync = t.linkTo(m.name()).map(Link::syncState).orElse("");
        return sync.equals("sync") || sync.equals("quorum");
    }

    private static long lag(Topology t, Member m) {
        return t.linkTo(m.name()).flatMap(Link::lag).map(Lag::amount).orElse(Long.MAX_VALUE);
    }
}
