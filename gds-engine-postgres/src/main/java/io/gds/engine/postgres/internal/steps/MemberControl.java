package io.gds.engine.postgres.internal.steps;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.database.run.Blocked;
import io.gds.database.spi.Verdict;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.control.ControlFile;
import io.gds.engine.postgres.internal.control.Following;
import io.gds.engine.postgres.internal.control.Host;
import io.gds.engine.postgres.internal.control.Roles;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Stops and starts members, and brings back those that died without our doing. */
final class MemberControl {
    private static final Duration SOON = Duration.ofMillis(10);

    private final PostgresEngine engine;
    private final Roles roles;
    private final Following following;

    MemberControl(PostgresEngine engine) {
        this.engine = engine;
        this.roles = new Roles(engine);
        this.following = new Following(engine);
    }

    void stop(String member) {
        Host host = new Host(engine, member);
        if (host.postmaster().isPresent()) {
            host.requestStop();
        }
    }

    Verdict stopped(String member) {
        Host host = new Host(engine, member);
        if (host.postmaster().isEmpty()) {
            return Verdict.holds();
        }
        ControlFile.State state = host.control().state();
        return state == ControlFile.State.IN_PRODUCTION || state == ControlFile.State.IN_ARCHIVE_RECOVERY
                ? Verdict.notYet(new Blocked(
                        "the postmaster of " + member + " is alive (" + state + ")",
                        "no process",
                        "its fast stop",
                        SOON))
                : Verdict.notYet(
                        new Blocked(member + " is going down (" + state + ")", "no process", "its fast stop", SOON));
    }

    /** Starts a member as what it must be now; a cluster that lost its primary gets that one back first. */
    void start(String member) {
        // also for a member that runs: it cannot count as back while there is nobody to follow
        if (roles.primaries().isEmpty()) {
            revivePrimary();
        }
        Host host = new Host(engine, member);
        if (host.postmaster().isPresent()) {
            return;
        }
        Optional<String> primary = roles.primary();
        if (primary.isPresent() && !primary.get().equals(member)) {
            if (!followsSomebodyAlive(host, member)) {
                following.prepare(member, primary.get());
            }
            start(host);
            if (host.postmaster().isPresent()) {
                following.dropStaleSlots(member);
            }
        } else {
            start(host);
        }
    }

    /** A start that fails for want of space is told by the verification, which knows what it is for want of. */
    private static void start(Host host) {
        try {
            host.start();
        } catch (GdsDatabaseException e) {
            if (!host.isDiskFull()) {
                throw e;
            }
        }
    }

    /** A follower keeps its configured upstream when that one serves: cascades of the owner's design stay. */
    private boolean followsSomebodyAlive(Host host, String member) {
        if (!host.isFollower()) {
            return false;
        }
        Optional<String> info = host.autoConf().get("primary_conninfo");
        if (info.isEmpty()) {
            return true; // configured elsewhere, by its owner
        }
        String address = io.gds.engine.postgres.internal.control.ConnInfo.parse(info.get())
                .address();
        return engine.spec().members().stream()
                .filter(m -> (m.address().host() + ":" + m.address().port()).equals(address))
                .anyMatch(m -> !m.name().equals(member) && roles.of(m.name()) != Roles.Answer.SILENT);
    }

    void revive() {
        if (roles.primaries().isEmpty()) {
            revivePrimary();
        }
        for (String m : roles.crashedFollowers()) {
            start(m);
        }
    }

    private void revivePrimary() {
        if (anybodyStarting()) {
            return; // a process without an answer yet may be the primary
        }
        String last = roles.lastPrimary().orElseThrow(() -> GdsDatabaseException.engine("PG-NO-PRIMARY")
                .message("no member accepts writes, and which one was primary last cannot be told: "
                        + roles.deadPrimaries() + " would start as primaries.")
                .remedy("start the right one by hand, then resume the run.")
                .build());
        start(new Host(engine, last));
    }

    private boolean anybodyStarting() {
        return roles.names().stream()
                .anyMatch(m -> roles.of(m) == Roles.Answer.SILENT
                        && new Host(engine, m).postmaster().isPresent());
    }

    /** Whether one primary accepts writes and no follower lies crashed. */
    Verdict alive() {
        List<String> primaries = roles.primaries();
        if (primaries.size() > 1) {
            return Verdict.broken(Finding.block(
                    "PG-TWO-PRIMARIES",
                    engine.name(),
                    primaries + " accept writes",
                    "one primary",
                    "stop the one without the application's writes at once."));
        }
        if (primaries.isEmpty()) {
            return anybodyStarting()
                    ? Verdict.notYet(new Blocked("no primary yet", "one primary", "a member that is starting", SOON))
                    : Verdict.again("no member accepts writes");
        }
        List<String> crashed = roles.crashedFollowers();
        return crashed.isEmpty() ? Verdict.holds() : Verdict.again("followers " + crashed + " died");
    }
}
