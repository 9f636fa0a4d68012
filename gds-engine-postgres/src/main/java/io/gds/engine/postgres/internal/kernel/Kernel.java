package io.gds.engine.postgres.internal.kernel;

import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.run.Blocked;
import io.gds.database.spi.Permit;
import io.gds.database.spi.StepContext;
import io.gds.database.topology.Lag;
import io.gds.database.topology.Link;
import io.gds.database.topology.Member;
import io.gds.database.topology.MemberRole;
import io.gds.database.topology.Topology;
import io.gds.database.version.EngineVersion;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.control.Host;
import io.gds.engine.postgres.internal.control.Settings;
import io.gds.engine.postgres.internal.control.SyncNames;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The safety kernel: what may go down, and who may take over, computed from live facts each time it is asked. */
public final class Kernel {
    /** The override that lets commits stop waiting for standbys while the last one is patched. */
    public static final String RELAX_SYNC = "relax-synchronous-standbys";

    private static final long SWITCHOVER_LAG = 1L << 20;
    private static final long CANDIDATE_LAG = 16L << 20;
    private static final Duration SOON = Duration.ofMillis(100);
    private static final String STREAMING = "streaming";

    private final PostgresEngine engine;
    private final Settings settings;

    /** The kernel of a cluster. */
    public Kernel(PostgresEngine engine) {
        this.engine = engine;
        this.settings = new Settings(engine);
    }

    /** That this member leads, which nobody takes down or out of service. */
    public static Finding leads(String member) {
        return Finding.block(
                "PG-KERNEL-PRIMARY", member, "it is the primary", "a follower", "switch over first; plan again.");
    }

    /** May this member go down now? */
    public Permit mayGoDown(String member, StepContext<?> c) {
        if (new Host(engine, member).postmaster().isEmpty()) {
            return Permit.granted();
        }
        Topology t = engine.topology();
        Optional<Member> primary = t.primary();
        if (primary.isEmpty()) {
            return Permit.wait(new Blocked(
                    "primaries " + t.withRole(MemberRole.PRIMARY), "exactly one primary", "its return", SOON));
        }
        if (primary.get().name().equals(member)) {
            return c.params().flag("inPlace") ? Permit.granted() : Permit.refused(leads(member));
        }
        List<String> down = t.members().stream()
                .filter(m -> !m.reachable() && !m.name().equals(member))
                .map(Member::name)
                .toList();
        long allowed = c.params().integer("mayBeDown", 1);
        if (down.size() + 1 > allowed) {
            return Permit.wait(new Blocked(
                    down + " are down", "at most " + allowed + " members down at a time", "their return", SOON));
        }
        return lastSync(t, primary.get().name(), member)
                .map(Permit::refused)
                .orElseGet(
                        () -> Permit.granted(Params.of("primary", primary.get().name())));
    }

    /** The finding when commits would hang without this member; empty when they would not. */
    public Optional<Finding> lastSync(Topology t, String primary, String without) {
        SyncNames sync = SyncNames.parse(settings.inForce(primary, "synchronous_standby_names"));
        String commit = settings.inForce(primary, "synchronous_commit");
        if (sync.needed() == 0 || commit.equals("off") || commit.equals("local")) {
            return Optional.empty();
        }
        long left = t.links().stream()
                .filter(l -> l.upstream().equals(primary) && !l.downstream().equals(without))
                .filter(l -> l.state().equals(STREAMING) && sync.includes(applicationName(t, l.downstream())))
                .count();
        return left >= sync.needed()
                ? Optional.empty()
                : Optional.of(Finding.block(
                        "PG-LAST-SYNC",
                        without,
                        "without it " + left + " of " + sync.needed()
                                + " synchronous standbys are left, and every commit" + " would hang",
                        "at least " + sync.needed() + " of " + sync.names() + " streaming",
                        "add a synchronous standby, or allow it by name: override(\"" + RELAX_SYNC
                                + "\", who, why) lets commits stop waiting for exactly that step."));
    }

    private static String applicationName(Topology t, String member) {
        return t.member(member)
                .map(m -> m.attributes().getOrDefault("applicationName", member))
                .orElse(member);
    }

    /** The best member to take over: patched, on the primary's timeline, caught up; synchronous ones first. */
    public Optional<String> candidate(Set<String> allowed, EngineVersion version) {
        Topology t = engine.topology();
        Optional<Member> primary = t.primary();
        if (primary.isEmpty()) {
            return Optional.empty();
        }
        String timeline = primary.get().attributes().getOrDefault("timeline", "?");
        return t.withRole(MemberRole.STANDBY).stream()
                .filter(m -> allowed.contains(m.name()))
                .filter(m -> m.version().filter(v -> v.sameRelease(version)).isPresent())
                .filter(m -> timeline.equals(m.attributes().get("timeline")))
                .filter(m -> follows(t, m, primary.get().name()))
                .min(Comparator.<Member>comparingInt(m -> syncRank(t, m))
                        .thenComparingLong(m -> lag(t, m).orElse(Long.MAX_VALUE))
                        .thenComparing(Member::name))
                .map(Member::name);
    }

    private static boolean follows(Topology t, Member m, String primary) {
        return t.linkTo(m.name())
                .filter(l -> l.upstream().equals(primary) && l.state().equals(STREAMING))
                .flatMap(Link::lag)
                .filter(l -> l.amount() <= CANDIDATE_LAG)
                .isPresent();
    }

    private static int syncRank(Topology t, Member m) {
        String sync = t.linkTo(m.name()).map(Link::syncState).orElse("");
        return sync.equals("sync") || sync.equals("quorum") ? 0 : 1;
    }

    private static Optional<Long> lag(Topology t, Member m) {
        return t.linkTo(m.name()).flatMap(Link::lag).map(Lag::amount);
    }

    /** May the switchover happen now? */
    public Permit maySwitchOver(String from, String to) {
        Topology t = engine.topology();
        Optional<Member> primary = t.primary();
        if (primary.isEmpty()) {
            // half done: the switchover itself finishes it or takes it back, with proof
            return t.withRole(MemberRole.PRIMARY).isEmpty()
                    ? Permit.granted()
                    : Permit.refused(Finding.block(
                            "PG-TWO-PRIMARIES",
                            t.cluster(),
                            t.withRole(MemberRole.PRIMARY).toString(),
                            "one primary",
                            "stop the one without the application's writes at once."));
        }
        if (primary.get().name().equals(to)) {
            return Permit.granted();
        }
        if (!primary.get().name().equals(from)) {
            return Permit.refused(Finding.block(
                    "PG-PRIMARY-MOVED", t.cluster(), "primary " + primary.get().name(), from, "plan again."));
        }
        Optional<Link> link = t.linkTo(to);
        Optional<Long> lag = link.flatMap(Link::lag).map(Lag::amount);
        if (link.filter(l -> l.state().equals(STREAMING)).isEmpty() || lag.isEmpty() || lag.get() > SWITCHOVER_LAG) {
            return Permit.wait(new Blocked(
                    to + ": " + link.map(Link::toString).orElse("does not follow"),
                    "streaming from " + from + ", lag at most " + SWITCHOVER_LAG + " bytes",
                    "replication catching up",
                    SOON));
        }
        return Permit.granted(Params.of("lag", lag.get()));
    }
}
