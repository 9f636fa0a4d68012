package io.gds.engine.mongo.internal.steps;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.database.plan.NamedOverride;
import io.gds.database.run.Blocked;
import io.gds.database.spi.Probed;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import io.gds.engine.mongo.internal.MongoEngine;
import io.gds.engine.mongo.internal.client.CommandRefusedException;
import io.gds.engine.mongo.internal.kernel.Kernel;
import io.gds.engine.mongo.internal.topology.MemberState;
import io.gds.engine.mongo.internal.topology.MemberView;
import io.gds.engine.mongo.internal.topology.SetViews;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.bson.Document;

/**
 * The change of roles: the primary waits until a majority and its successor have everything, steps down and stays out of the
 * next election for a while; the successor stands at once. A set in which nobody catches up keeps its primary, unless somebody
 * allowed force by name.
 */
final class StepDown {
    /** For so long the former primary does not stand again, unless the switchover is taken back. */
    private static final Duration ASIDE = Duration.ofMinutes(2);

    private static final Duration CATCH_UP = Duration.ofSeconds(10);
    private static final Duration SOON = Duration.ofMillis(50);
    /** ExceededTimeLimit: "No electable secondaries caught up". */
    private static final int NOBODY_CAUGHT_UP = 262;

    private final MongoEngine engine;

    StepDown(MongoEngine engine) {
        this.engine = engine;
    }

    /** Tells the primary to step down; one that is none any more is left alone. */
    void change(String from, String to, Consumer<String> progress) {
        SetViews views = engine.views();
        if (leads(views, to) || !leads(views, from)) {
            return;
        }
        lift(to, progress);
        engine.clients().tell(from, command(false));
    }

    /** The same, and by force where somebody allowed it by name and the primary has waited in vain for others to catch up. */
    void change(String from, String to, StepContext<?> c) {
        if (!from.equals(to) && leads(engine.views(), from)) {
            FreezeHandlers.freezeOthers(engine, from, to, c::progress);
        }
        try {
            change(from, to, c::progress);
        } catch (CommandRefusedException e) {
            Optional<NamedOverride> allowed = c.override(Kernel.FORCE_STEP_DOWN);
            if (e.refusal() != NOBODY_CAUGHT_UP || allowed.isEmpty()) {
                throw e;
            }
            c.progress(from + " is made to step down, allowed by "
                    + allowed.get().by() + " (" + allowed.get().reason() + "): " + e.getMessage());
            c.fence();
            engine.clients().tell(from, command(true));
        }
    }

    private static Document command(boolean force) {
        return new Document("replSetStepDown", ASIDE.toSeconds())
                .append("secondaryCatchUpPeriodSecs", CATCH_UP.toSeconds())
                .append("force", force);
    }

    /** Whoever stepped down in this run stays aside for a while; on the way back it must not. */
    private void lift(String to, Consumer<String> progress) {
        try {
            engine.clients().ask(to, new Document("replSetFreeze", 0));
        } catch (GdsDatabaseException e) {
            progress.accept(to + " was not unfrozen: " + e.getMessage());
        }
    }

    private static boolean leads(SetViews views, String member) {
        return views.primary().filter(v -> v.member().name().equals(member)).isPresent();
    }

    /** Whether the successor leads and the former primary knows it. */
    Verdict done(String from, String to) {
        SetViews views = engine.views();
        Optional<String> primary = views.primary().map(v -> v.member().name());
        if (primary.isEmpty()) {
            return notYet("nobody accepts writes yet", "an election");
        }
        if (!primary.get().equals(to)) {
            return primary.get().equals(from)
                    ? Verdict.again(from + " leads still")
                    : Verdict.broken(Finding.block(
                            "MONGO-OTHER-PRIMARY",
                            engine.name(),
                            primary.get() + " was elected",
                            to,
                            "nothing was lost; plan again, or roll back."));
        }
        boolean aside = views.of(from)
                .map(MemberView::state)
                .map(s -> s == MemberState.SECONDARY)
                .orElse(true);
        return aside ? Verdict.holds() : notYet(from + " is on its way to follow", "its new role");
    }

    /** How far it got. */
    Probed probe(String from, String to) {
        SetViews views = engine.views();
        Optional<String> primary = views.primary().map(v -> v.member().name());
        if (primary.isEmpty()) {
            return Probed.inProgress(new Blocked("nobody accepts writes yet", "a primary", "an election", SOON));
        }
        return primary.get().equals(to)
                ? Probed.done()
                : primary.get().equals(from)
                        ? Probed.notDone()
                        : Probed.unknown(
                                primary.get() + " leads", "plan again: neither " + from + " nor " + to + " leads.");
    }

    private static Verdict notYet(String observed, String clears) {
        return Verdict.notYet(new Blocked(observed, "the new primary alone", clears, SOON));
    }
}
