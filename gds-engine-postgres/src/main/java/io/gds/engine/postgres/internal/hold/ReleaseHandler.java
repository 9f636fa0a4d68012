package io.gds.engine.postgres.internal.hold;

import io.gds.database.plan.ActionId;
import io.gds.database.plan.Params;
import io.gds.database.run.Blocked;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.Probed;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.StepHandler;
import io.gds.database.spi.Verdict;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.config.HoldSpec;
import io.gds.engine.postgres.internal.hold.HoldAnnouncer.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Lets all applications go on. It does not ask who is primary: an application that finds none that takes writes waits for
 * one by itself, and when there is none its waiting longer would help nobody.
 */
final class ReleaseHandler implements StepHandler<PostgresEngine> {
    /** When the last hold has ended by itself, whatever becomes of the application. */
    private static final String OVER = "over";

    private static final Duration SOON = Duration.ofMillis(100);
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private final Function<PostgresEngine, List<HoldSpec>> holds;

    ReleaseHandler(Function<PostgresEngine, List<HoldSpec>> holds) {
        this.holds = holds;
    }

    @Override
    public ActionId action() {
        return HoldActions.RELEASE;
    }

    @Override
    public String describe(Params p) {
        return "let all applications go on";
    }

    @Override
    public Prepared prepare(StepContext<PostgresEngine> c) {
        Duration longest = holds.apply(c.engine()).stream()
                .map(HoldSpec::limit)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        // whatever was announced was announced before this
        Instant over = c.clock().instant().plus(longest).plus(MARGIN);
        return Prepared.proceed(
                Params.of(HoldHandler.OWNER, c.openingFacts().string(HoldHandler.OWNER), OVER, over.toString()));
    }

    @Override
    public Params apply(StepContext<PostgresEngine> c) {
        c.fence();
        announcer(c)
                .lift(c.facts().string(HoldHandler.OWNER))
                .forEach(e -> c.progress("could not be released: " + e.getMessage()));
        return Params.empty();
    }

    @Override
    public Verdict verify(StepContext<PostgresEngine> c) {
        boolean over = c.clock().instant().isAfter(Instant.parse(c.facts().string(OVER)));
        String owner = c.facts().string(HoldHandler.OWNER);
        Verdict verdict = Verdict.holds();
        for (Outcome o : announcer(c).look()) {
            if (o.seen().map(s -> s.isHeldBy(owner)).orElse(false)) {
                return Verdict.again(o.words());
            }
            if (o.failure().isPresent() && !over) {
                verdict = Verdict.notYet(new Blocked(
                        o.words(),
                        "an application that goes on",
                        "its answer, or the end of its hold by itself at "
                                + c.facts().string(OVER),
                        SOON));
            }
        }
        return verdict;
    }

    @Override
    public Probed probe(StepContext<PostgresEngine> c) {
        return verify(c) instanceof Verdict.Holds ? Probed.done() : Probed.partial("an application may still hold");
    }

    private HoldAnnouncer announcer(StepContext<PostgresEngine> c) {
        return HoldAnnouncer.of(c.engine(), holds.apply(c.engine()));
    }
}
