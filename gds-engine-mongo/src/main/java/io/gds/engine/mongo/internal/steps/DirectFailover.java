package io.gds.engine.mongo.internal.steps;

import io.gds.database.OperationResult;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.OperationTimer;
import io.gds.database.spi.Permit;
import io.gds.database.spi.Verdict;
import io.gds.engine.mongo.internal.MongoEngine;
import io.gds.engine.mongo.internal.config.MemberSpec;
import io.gds.engine.mongo.internal.kernel.Handover;
import io.gds.engine.mongo.internal.topology.SetViews;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A change of roles at once and without a journal. The other members are kept from standing for election and are let go again
 * whatever happens; they would be by themselves, too. A set without a primary elects one by itself, and nobody else may.
 */
public final class DirectFailover {
    private static final Logger LOG = LoggerFactory.getLogger(DirectFailover.class);
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration HEARTBEATS = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(50);
    /** One look may last as long as all of that time, where another member is gone, and one answer may be lost on the way. */
    private static final int LEAST_LOOKS = 2;

    private final MongoEngine engine;
    private final StepDown stepDown;

    /** Changes of roles in a set. */
    public DirectFailover(MongoEngine engine) {
        this.engine = engine;
        this.stepDown = new StepDown(engine);
    }

    /**
     * Makes a member primary. One of a lower priority than others leads until the set puts that right.
     *
     * @throws GdsDatabaseException with code {@code GDS-FAILOVER-REFUSED} when it is not fit or there is no primary that hands over
     */
    public OperationResult to(String target) {
        OperationTimer timer = OperationTimer.start(engine.context().clock(), "failover");
        List<String> known =
                engine.spec().members().stream().map(MemberSpec::name).toList();
        if (!known.contains(target)) {
            throw refused(target, "the spec has no such member among " + known);
        }
        SetViews views = engine.views();
        String primary = views.primary()
                .map(v -> v.member().name())
                .orElseThrow(() ->
                        refused(target, "nobody accepts writes: the set elects a primary when a majority is there"));
        if (primary.equals(target)) {
            return timer.already(target + " is primary");
        }
        views.configured(target).filter(c -> !c.mayLead()).ifPresent(c -> {
            throw refused(target, c.arbiter() ? "it is an arbiter" : "it never leads: it has priority 0");
        });
        Permit permit = permit(primary, target);
        if (permit instanceof Permit.Wait w) {
            throw refused(
                    target, w.blocked().observed() + ", needed: " + w.blocked().needed());
        } else if (permit instanceof Permit.Refused r) {
            throw refused(target, r.finding().observed());
        }
        List<String> frozen = FreezeHandlers.freezeOthers(engine, primary, target, text -> {});
        try {
            stepDown.change(primary, target, text -> {});
            return awaited(primary, target)
                    .map(timer::changed)
                    .orElseThrow(() -> refused(target, "the election did not end within " + LIMIT.toSeconds() + " s"));
        } finally {
            frozen.forEach(this::letGo);
            letGo(primary); // it was told to stay aside
        }
    }

    /** What the primary knows of others is as old as their last heartbeat, so whoever seems to be behind has a little time. */
    private Permit permit(String primary, String target) {
        Handover handover = new Handover(engine);
        long end = System.nanoTime() + HEARTBEATS.toNanos();
        Permit permit = handover.maySwitchOver(primary, target);
        for (int looks = 1;
                permit instanceof Permit.Wait
                        && (looks < LEAST_LOOKS || System.nanoTime() < end)
                        && !Thread.currentThread().isInterrupted();
                looks++) {
            LockSupport.parkNanos(LOOK.toNanos());
            permit = handover.maySwitchOver(primary, target);
        }
        return permit;
    }

    private Optional<String> awaited(String primary, String target) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
            Verdict v = stepDown.done(primary, target);
            if (v instanceof Verdict.Holds) {
                return Optional.of("switched over from " + primary + " to " + target);
            } else if (v instanceof Verdict.Broken b) {
                throw refused(target, b.finding().observed());
            } else if (engine.views().primary().isEmpty()) {
                // the primary hands over to whom it likes best; were that another one, which is frozen, a time-out
                // would pass
                tell(target, new Document("replSetStepUp", 1));
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        return Optional.empty();
    }

    private void letGo(String member) {
        tell(member, new Document("replSetFreeze", 0));
    }

    /** A member that does not take it, since it is gone or leads, needs it neither; how the election ends is looked up. */
    private void tell(String member, Document command) {
        try {
            engine.clients().ask(member, command);
        } catch (GdsDatabaseException e) {
            LOG.debug("{} does not take {}", member, command, e);
        }
    }

    private static GdsDatabaseException refused(String target, String why) {
        return GdsDatabaseException.user("GDS-FAILOVER-REFUSED")
                .message("member \"" + target + "\" was not made primary: " + why + ".")
                .remedy("repair that first, or choose another member.")
                .build();
    }
}
