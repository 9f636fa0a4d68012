package io.gds.engine.postgres.internal.patroni;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.run.Blocked;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import io.gds.database.version.EngineVersion;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.control.Roles;
import io.gds.engine.postgres.internal.kernel.Together;
import io.gds.engine.postgres.internal.steps.Serving;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Stops and starts members through their units, and proves both. */
final class PatroniMembers {
    /** Fact of a started member: how long its server needed from its first moment to its first answer. */
    static final String START_TOOK = "startTook";

    private static final Duration SOON = Duration.ofMillis(100);

    private final PostgresEngine engine;
    private final PatroniCluster patroni;
    private final Roles roles;

    PatroniMembers(PostgresEngine engine, PatroniCluster patroni) {
        this.engine = engine;
        this.patroni = patroni;
        this.roles = new Roles(engine);
    }

    /** Stopping the unit stops the server in order; a server that was left behind by its Patroni is stopped itself. */
    void stop(String member) {
        UnitControl unit = patroni.unit(member);
        UnitControl.Look look = unit.look();
        if (!look.isDown()) {
            unit.requestStop();
        } else if (!look.processes().isEmpty()) {
            unit.stopServer();
        }
    }

    /** Down means: no process of that data directory is left. The unit's word alone proves nothing. */
    Verdict stopped(String member) {
        UnitControl.Look look = patroni.unit(member).look();
        if (!look.isDown()) {
            return notYet("the unit of " + member + " is " + look.state(), "inactive", "its stop");
        }
        return look.processes().isEmpty()
                ? Verdict.holds()
                : Verdict.again("Patroni of " + member + " has stopped and left its server running (processes "
                        + look.processes() + ")");
    }

    void start(String member) {
        UnitControl unit = patroni.unit(member);
        if (!unit.look().isActive()) {
            unit.requestStart();
        }
    }

    Verdict serving(String member, EngineVersion version, StepContext<?> c) {
        if (!c.checkpointed().has(START_TOOK)) {
            age(member).ifPresent(took -> c.checkpoint(c.checkpointed().with(START_TOOK, took)));
        }
        Verdict v = new Serving(engine, this::alive, this::comesUp).verify(member, version, c);
        if (!(v instanceof Verdict.Holds holds)) {
            return v;
        }
        Params seen = c.checkpointed();
        return seen.has(START_TOOK) ? Verdict.holds(holds.facts().with(START_TOOK, seen.duration(START_TOOK))) : v;
    }

    /** By the server's own clock, so that those of hosts need not agree. */
    private Optional<Duration> age(String member) {
        try {
            return Optional.of(engine.connections()
                    .onMember(
                            member,
                            s -> s.one(
                                    "SELECT (extract(epoch FROM clock_timestamp() - pg_postmaster_start_time()) * 1000)::bigint AS ms",
                                    r -> Duration.ofMillis(r.number("ms")))));
        } catch (GdsDatabaseException e) {
            return Optional.empty();
        }
    }

    private boolean comesUp(String member) {
        UnitControl.Look look = patroni.unit(member).look();
        return look.isActive() || !look.processes().isEmpty();
    }

    /** Patroni brings servers back by itself as long as it runs; so what we bring back is Patroni. */
    void revive() {
        for (String m : deadUnits()) {
            patroni.unit(m).requestStart();
        }
    }

    Verdict alive() {
        List<String> primaries = roles.primaries();
        List<String> dead = deadUnits();
        if (!dead.isEmpty()) {
            return Verdict.again("Patroni does not run on " + dead);
        }
        if (primaries.size() > 1) {
            // with Patroni running everywhere the one without the leader lock is being demoted right now
            return notYet(primaries + " accept writes", "one primary", "Patroni demoting the one without the lock");
        }
        return primaries.size() == 1
                ? Verdict.holds()
                : notYet("no primary", "one primary", "Patroni's election, after its ttl at the latest");
    }

    /** Members whose host answers and whose unit is down. */
    private List<String> deadUnits() {
        return Together.look(roles.names(), m -> isDead(m) ? List.of(m) : List.of());
    }

    private boolean isDead(String member) {
        try {
            return UnitControl.isDown(patroni.unit(member).state());
        } catch (GdsDatabaseException e) {
            return false; // a host that does not answer is nobody's to start
        }
    }

    static Verdict notYet(String observed, String needed, String clears) {
        return Verdict.notYet(new Blocked(observed, needed, clears, SOON));
    }

    static Verdict twoPrimaries(PostgresEngine engine, List<String> primaries) {
        return Verdict.broken(Finding.block(
                "PG-TWO-PRIMARIES",
                engine.name(),
                primaries + " accept writes",
                "one primary",
                "stop the one without the application's writes at once."));
    }
}
