package io.gds.engine.postgres.internal.steps;

import io.gds.database.OperationResult;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.Permit;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.admin.FailoverOperation;
import io.gds.engine.postgres.internal.control.Following;
import io.gds.engine.postgres.internal.control.Lsn;
import io.gds.engine.postgres.internal.control.Roles;
import io.gds.engine.postgres.internal.kernel.Kernel;
import io.gds.engine.postgres.internal.sql.SqlText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A change of roles at once and without a journal: a switchover, or a failover when the primary is proven dead. */
public final class DirectFailover implements FailoverOperation {
    private final PostgresEngine engine;
    private final Roles roles;
    private final Following following;
    private final SwitchoverControl switchovers;

    /** Changes of roles in a cluster. */
    public DirectFailover(PostgresEngine engine) {
        this.engine = engine;
        this.roles = new Roles(engine);
        this.following = new Following(engine);
        this.switchovers = new SwitchoverControl(engine, new MemberControl(engine));
    }

    @Override
    public OperationResult failover(String target) {
        Clock clock = engine.context().clock();
        Instant begun = clock.instant();
        engine.spec().member(target);
        List<String> primaries = roles.primaries();
        if (primaries.equals(List.of(target))) {
            return new OperationResult("failover", false, target + " is primary", Duration.ZERO);
        }
        if (primaries.size() > 1) {
            throw refused(target, primaries + " accept writes");
        }
        String detail = primaries.isEmpty() ? fromDead(target) : fromLiving(primaries.get(0), target);
        return new OperationResult("failover", true, detail, Duration.between(begun, clock.instant()));
    }

    private String fromLiving(String primary, String target) {
        Permit permit = new Kernel(engine).maySwitchOver(primary, target);
        if (permit instanceof Permit.Wait w) {
            throw refused(
                    target, w.blocked().observed() + ", needed: " + w.blocked().needed());
        } else if (permit instanceof Permit.Refused r) {
            throw refused(target, r.finding().observed());
        }
        for (String m : others(primary, target)) {
            following.follow(m, target);
        }
        switchovers.switchOver(primary, target, false, Caller.direct());
        return "switched over from " + primary + " to " + target;
    }

    /** Nobody serves: the target takes over only when the old primary's process is gone and nobody has more of the log. */
    private String fromDead(String target) {
        List<String> dead = roles.deadPrimaries();
        if (dead.size() != 1 || roles.of(target) != Roles.Answer.FOLLOWER) {
            throw refused(target, "no primary answers, and none is proven dead: " + dead);
        }
        Lsn own = received(target);
        for (String m : others(dead.get(0), target)) {
            if (received(m).compareTo(own) > 0) {
                throw refused(target, m + " has received more of the log");
            }
        }
        engine.connections().onMember(target, s -> {
            s.execute(SqlText.of("SELECT pg_promote(true, 60)"));
            return target;
        });
        for (String m : others(dead.get(0), target)) {
            following.follow(m, target);
        }
        return "failed over from " + dead.get(0) + ", which is dead, to " + target
                + "; what it had not sent is lost, and it must be re-made before it may follow";
    }

    private List<String> others(String primary, String target) {
        List<String> out = new ArrayList<>();
        for (String m : roles.names()) {
            if (!m.equals(primary) && !m.equals(target) && roles.of(m) == Roles.Answer.FOLLOWER) {
                Optional<String> upstream = following.upstream(m);
                if (upstream.filter(primary::equals).isPresent()) {
                    out.add(m);
                }
            }
        }
        return out;
    }

    private Lsn received(String member) {
        return engine.connections()
                .onMember(
                        member,
                        s -> Lsn.parse(s.one(
                                "SELECT coalesce(greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()), '0/0')::text AS lsn",
                                r -> r.text("lsn"))));
    }

    private static GdsDatabaseException refused(String target, String why) {
        return GdsDatabaseException.user("GDS-FAILOVER-REFUSED")
                .message("member \"" + target + "\" was not made primary: " + why + ".")
                .remedy("repair that first, or choose another member.")
                .build();
    }
}
