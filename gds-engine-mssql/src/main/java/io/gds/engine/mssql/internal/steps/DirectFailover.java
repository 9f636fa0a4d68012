package io.gds.engine.mssql.internal.steps;

import io.gds.database.OperationResult;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import io.gds.database.spi.NotNowException;
import io.gds.database.spi.OperationTimer;
import io.gds.database.spi.Permit;
import io.gds.database.spi.Verdict;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.config.TargetSpec;
import io.gds.engine.mssql.internal.group.GroupView;
import io.gds.engine.mssql.internal.group.GroupViews;
import io.gds.engine.mssql.internal.group.InstanceView;
import io.gds.engine.mssql.internal.kernel.Handover;
import io.gds.engine.mssql.internal.kernel.Leaders;
import io.gds.engine.mssql.internal.pacemaker.Pacemaker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A change of roles at once and without a journal, by the same rules. Never forced. */
public final class DirectFailover {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofMillis(200);

    private final MssqlEngine engine;
    private final RoleChange roles;

    /** Changes of roles in a cluster. */
    public DirectFailover(MssqlEngine engine) {
        this.engine = engine;
        this.roles = new RoleChange(engine);
    }

    /**
     * Makes an instance primary of every group that the primary leads.
     *
     * @throws GdsDatabaseException with code {@code GDS-FAILOVER-REFUSED} when it is not ready, or nobody leads
     */
    public OperationResult to(String target) {
        OperationTimer timer = OperationTimer.start(engine.clock(), "failover");
        List<String> known =
                engine.spec().targets().stream().map(TargetSpec::name).toList();
        if (!known.contains(target)) {
            throw refused(target, "the spec has no such instance among " + known);
        }
        GroupViews views = GroupViews.of(engine);
        if (!roles.isBetween(views)) {
            Leaders.doubt(views).ifPresent(d -> {
                throw refused(target, d);
            });
        }
        GroupView main = views.home(target);
        String primary = main.primary().map(InstanceView::name).orElseGet(() -> other(main, target));
        if (primary.equals(target)) {
            return timer.already(target + " is primary");
        }
        if (main.primary().isPresent()) {
            permitted(primary, target);
        }
        Optional<Pacemaker> cluster = Pacemaker.of(engine);
        cluster.map(Pacemaker::leftByMoves).filter(m -> !m.isEmpty()).ifPresent(m -> {
            throw refused(target, "an earlier move or ban has left " + m);
        });
        List<Setting> was = roles.raised(views, primary);
        try {
            return awaited(timer, primary, target, roles.targets(primary, target));
        } finally {
            cluster.filter(c -> !c.leftByMoves().isEmpty()).ifPresent(Pacemaker::clear);
            roles.restore(was);
        }
    }

    private void permitted(String primary, String target) {
        Permit permit = new Handover(engine).maySwitchOver(primary, target);
        if (permit instanceof Permit.Wait w) {
            throw refused(target, w.blocked().observed());
        } else if (permit instanceof Permit.Refused r) {
            throw refused(target, r.finding().observed());
        }
    }

    /** Between the two statements of a group without a cluster anybody else may have led: all of them follow. */
    private static String other(GroupView group, String target) {
        return group.replicas().stream()
                .flatMap(r -> group.targetOf(r).stream())
                .filter(t -> !t.equals(target))
                .findFirst()
                .orElse("");
    }

    /** The change, and again what of it is left: a connection may be cut between two statements. */
    private OperationResult awaited(OperationTimer timer, String primary, String target, Params targets) {
        long end = System.nanoTime() + LIMIT.toNanos();
        Optional<GdsDatabaseException> failed = tried(primary, target, targets);
        while (System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
            Verdict v = roles.done(primary, target, false);
            if (v instanceof Verdict.Holds) {
                return timer.changed("failed over from " + primary + " to " + target);
            } else if (v instanceof Verdict.Broken b) {
                throw refused(target, b.finding().observed());
            } else if (v instanceof Verdict.Again) {
                GroupViews views = GroupViews.of(engine);
                if (failed.isPresent()
                        && views.home(target).primaryName().equals(primary)
                        && !roles.hasStopped(views)) {
                    throw failed.get();
                }
                failed = tried(primary, target, targets);
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        throw refused(target, "the failover did not end within " + LIMIT.toSeconds() + " s");
    }

    private Optional<GdsDatabaseException> tried(String primary, String target, Params targets) {
        try {
            roles.change(primary, target, targets, () -> {});
            return Optional.empty();
        } catch (NotNowException e) {
            return Optional.of(refused(target, e.blocked().observed()));
        } catch (GdsDatabaseException e) {
            if (!e.retryable()) {
                throw e;
            }
            return Optional.of(e);
        }
    }

    private static GdsDatabaseException refused(String target, String why) {
        return GdsDatabaseException.user("GDS-FAILOVER-REFUSED")
                .message("instance \"" + target + "\" was not made primary: " + why + ".")
                .remedy("repair that first, or choose another instance.")
                .build();
    }
}
