package io.gds.engine.postgres.internal.steps;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.run.Blocked;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import io.gds.database.version.EngineVersion;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.control.Host;
import io.gds.engine.postgres.internal.control.Lsn;
import io.gds.engine.postgres.internal.control.Roles;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * When a started member counts as back: the right version runs, the identity is the primary's, it streams on the primary's
 * timeline, it has replayed past where the primary was after the restart, and all this held for a while.
 */
public final class Serving {
    private static final Duration SOON = Duration.ofMillis(25);
    private static final Duration WHILE_STABLE = Duration.ofMillis(200);

    /** One look at a member. */
    private record Look(
            String version,
            boolean follower,
            String systemId,
            Optional<Lsn> replayed,
            String receiver,
            long timeline) {}

    private final PostgresEngine engine;
    private final Roles roles;
    private final Supplier<Verdict> alive;
    private final Predicate<String> comesUp;

    /**
     * The rule for a cluster.
     *
     * @param engine the cluster
     * @param alive whether there is a primary, or one will come
     * @param comesUp whether a member that does not answer is on its way, as far as its host can tell
     */
    public Serving(PostgresEngine engine, Supplier<Verdict> alive, Predicate<String> comesUp) {
        this.engine = engine;
        this.alive = alive;
        this.comesUp = comesUp;
        this.roles = new Roles(engine);
    }

    /** Whether the member counts as back. */
    public Verdict verify(String member, EngineVersion version, StepContext<?> c) {
        Host host = new Host(engine, member);
        Look look;
        try {
            look = look(member);
        } catch (GdsDatabaseException e) {
            if (!e.retryable()) {
                throw e;
            }
            return silent(member, host, comesUp.test(member));
        }
        if (!EngineVersion.parse(look.version()).sameRelease(version)) {
            return Verdict.broken(Finding.block(
                    "PG-WRONG-VERSION",
                    member,
                    "runs " + look.version(),
                    version.toString(),
                    "look at what its data directory is started with."));
        }
        Optional<String> primary = roles.primary();
        if (primary.isEmpty()) {
            Verdict found = alive.get();
            return found instanceof Verdict.Holds
                    ? wait(c, "a primary just now", "one primary", "a second look")
                    : found;
        }
        return look.follower() ? follower(member, primary.get(), look, host, c) : Verdict.holds();
    }

    private static Verdict silent(String member, Host host, boolean comesUp) {
        if (host.isDiskFull()) {
            return Verdict.broken(diskFull(member, host));
        }
        return comesUp
                ? Verdict.notYet(new Blocked(member + " does not answer yet", "an answer", "its recovery", SOON))
                : Verdict.again("the process of " + member + " died");
    }

    private static Finding diskFull(String member, Host host) {
        return Finding.block(
                "PG-DISK-FULL",
                member,
                host.freeBytes().orElse(0) + " bytes free for its log",
                "at least " + Host.LOG_NEEDS,
                "free space on the host of " + member + ", then retry the step.");
    }

    private Verdict follower(String member, String primary, Look look, Host host, StepContext<?> c) {
        Look at = look(primary);
        if (!look.systemId().equals(at.systemId())) {
            return Verdict.broken(Finding.block(
                    "PG-OTHER-CLUSTER",
                    member,
                    "system identifier " + look.systemId(),
                    at.systemId(),
                    "this data directory belongs to another cluster; restore it from a backup of this one."));
        }
        if (!look.receiver().equals("streaming") || look.timeline() != at.timeline()) {
            return host.isDiskFull()
                    ? Verdict.broken(diskFull(member, host))
                    : wait(
                            c,
                            "receiver " + look.receiver() + " on timeline " + look.timeline(),
                            "streaming on timeline " + at.timeline(),
                            "reconnection to its upstream");
        }
        Params seen = c.checkpointed();
        Lsn mark = seen.has("mark") ? Lsn.parse(seen.string("mark")) : primaryPosition(primary);
        Look after = look;
        if (!seen.has("mark")) {
            c.checkpoint(seen.with("mark", mark.toString()));
            after = look(member); // what was seen before the mark proves nothing about it
        }
        Lsn replayed = after.replayed().orElse(new Lsn(0));
        if (replayed.compareTo(mark) < 0) {
            return wait(c, "replayed to " + replayed, "replay to " + mark, "replay");
        }
        return stable(member, replayed, c);
    }

    private Verdict stable(String member, Lsn replayed, StepContext<?> c) {
        Duration needed = c.params().has("stableFor") ? c.params().duration("stableFor") : Duration.ZERO;
        Params seen = c.checkpointed();
        Instant now = c.clock().instant();
        if (!seen.has("okSince")) {
            c.checkpoint(seen.with("okSince", now.toString()));
        }
        Instant since = Instant.parse(c.checkpointed().string("okSince"));
        Duration left = Duration.between(now, since.plus(needed));
        if (left.isNegative() || left.isZero()) {
            return Verdict.holds(Params.of("replayed", replayed.toString()));
        }
        Duration again = left.compareTo(WHILE_STABLE) < 0 ? left : WHILE_STABLE;
        return Verdict.notYet(new Blocked(
                member + " in order since " + since, "in order for " + needed, "time", again.plusMillis(1)));
    }

    /** Whatever is not in order now ends the time of having been in order. */
    private static Verdict wait(StepContext<?> c, String observed, String needed, String clears) {
        Params seen = c.checkpointed();
        if (seen.has("okSince")) {
            Map<String, Object> rest = new TreeMap<>(seen.asMap());
            rest.remove("okSince");
            c.checkpoint(Params.of(rest));
        }
        return Verdict.notYet(new Blocked(observed, needed, clears, SOON));
    }

    private Lsn primaryPosition(String primary) {
        return engine.connections()
                .onMember(
                        primary, s -> Lsn.parse(s.one("SELECT pg_current_wal_lsn()::text AS lsn", r -> r.text("lsn"))));
    }

    private Look look(String member) {
        return engine.connections()
                .onMember(
                        member,
                        s -> s.one(
                                """
                SELECT current_setting('server_version') AS version, pg_is_in_recovery() AS recovery,
                       (SELECT system_identifier::text FROM pg_control_system()) AS system_id,
                       pg_last_wal_replay_lsn()::text AS replayed,
                       coalesce((SELECT status FROM pg_stat_wal_receiver), 'none') AS receiver,
                       CASE WHEN pg_is_in_recovery()
                            THEN coalesce((SELECT received_tli FROM pg_stat_wal_receiver), 0)::text
                            ELSE substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) END AS timeline
                """,
                                r -> new Look(
                                        r.text("version").split(" ", 2)[0],
                                        r.flag("recovery"),
                                        r.text("system_id"),
                                        r.optionalText("replayed").map(Lsn::parse),
                                        r.text("receiver"),
                                        r.flag("recovery")
                                                ? Long.parseLong(r.text("timeline"))
                                                : Long.parseLong(r.text("timeline"), 16))));
    }
}
