package io.gds.engine.postgres.internal.patroni;

import io.gds.database.plan.Params;
import io.gds.database.run.Blocked;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import io.gds.database.topology.Member;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.kernel.Kernel;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Waits until a member that takes no new readers has none left, or until they have had their time. */
final class Drain {
    private static final Duration RECHECK = Duration.ofMillis(250);
    private static final String SINCE = "drainSince";

    /** Superusers are administrators and Patroni itself, not readers. */
    private static final String READERS =
            "SELECT count(*) AS n FROM pg_stat_activity a JOIN pg_roles r ON r.oid = a.usesysid WHERE"
                    + " a.backend_type = 'client backend' AND NOT r.rolsuper AND a.pid <> pg_backend_pid()";

    private final PostgresEngine engine;
    private final String member;

    Drain(PostgresEngine engine, String member) {
        this.engine = engine;
        this.member = member;
    }

    Verdict done(StepContext<PostgresEngine> c) {
        Optional<Member> found = engine.topology().member(member).filter(Member::reachable);
        if (found.isEmpty()) {
            return Verdict.holds(Params.of("readers", 0));
        }
        Verdict sync = noCommitWaits();
        if (!(sync instanceof Verdict.Holds)) {
            return sync;
        }
        long readers = engine.connections().onMember(member, s -> s.one(READERS, r -> r.number("n")));
        Instant now = c.clock().instant();
        if (!c.checkpointed().has(SINCE)) {
            c.checkpoint(Params.of(SINCE, now.toString()));
        }
        Duration patience = PatroniCluster.of(engine).spec().drain();
        boolean patient =
                Instant.parse(c.checkpointed().string(SINCE)).plus(patience).isAfter(now);
        if (readers > 0 && patient) {
            return Verdict.notYet(new Blocked(
                    readers + " readers on " + member,
                    "none, or " + patience + " of patience over",
                    "readers leaving",
                    RECHECK));
        }
        if (readers > 0) {
            c.progress(readers + " readers of " + member + " did not leave within " + patience + "; they are cut off");
        }
        return Verdict.holds(Params.of("readers", readers));
    }

    /** Patroni names another synchronous standby once this one may be none; before that, commits would hang without it. */
    private Verdict noCommitWaits() {
        var topology = engine.topology();
        Optional<Member> primary = topology.primary();
        return primary.flatMap(p -> new Kernel(engine).lastSync(topology, p.name(), member))
                .map(f -> Verdict.notYet(
                        new Blocked(f.observed(), "another synchronous standby", "Patroni naming one", RECHECK)))
                .orElseGet(Verdict::holds);
    }
}
