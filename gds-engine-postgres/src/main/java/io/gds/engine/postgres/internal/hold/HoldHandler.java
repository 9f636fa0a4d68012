package io.gds.engine.postgres.internal.hold;

import io.gds.database.plan.ActionId;
import io.gds.database.plan.Finding;
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
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Lets all applications hold: transactions that have begun finish, new ones wait. */
final class HoldHandler implements StepHandler<PostgresEngine> {
    static final String OWNER = "owner";
    private static final String TOKEN = "token";
    private static final Duration SOON = Duration.ofMillis(100);

    private final Function<PostgresEngine, List<HoldSpec>> holds;

    HoldHandler(Function<PostgresEngine, List<HoldSpec>> holds) {
        this.holds = holds;
    }

    @Override
    public ActionId action() {
        return HoldActions.HOLD;
    }

    @Override
    public String describe(Params p) {
        return "let all applications hold, or none: transactions finish, new ones wait; each application goes on by itself"
                + " should this process die";
    }

    @Override
    public Prepared prepare(StepContext<PostgresEngine> c) {
        String owner = HoldToken.owner(c.key());
        List<Outcome> outcomes = announcer(c).look();
        Optional<Finding> wrong = outcomes.stream()
                .flatMap(o -> HoldChecks.of(o).stream())
                .filter(f -> f.severity() == Finding.Severity.BLOCK)
                .findFirst();
        if (wrong.isPresent()) {
            return Prepared.refuse(wrong.get());
        }
        Optional<Outcome> foreign = outcomes.stream()
                .filter(o -> o.seen().map(s -> s.isHeld() && !s.isHeldBy(owner)).orElse(false))
                .findFirst();
        if (foreign.isPresent()) {
            return Prepared.hold(new Blocked(
                    foreign.get().words(), "nobody else's hold", "its release, or its end by itself", SOON));
        }
        return Prepared.proceed(Params.of(OWNER, owner, TOKEN, HoldToken.of(owner)));
    }

    @Override
    public Params apply(StepContext<PostgresEngine> c) {
        c.fence();
        announcer(c).announce(c.facts().string(TOKEN), c.facts().string(OWNER), c.cancellation());
        return Params.empty();
    }

    @Override
    public Verdict verify(StepContext<PostgresEngine> c) {
        String token = c.facts().string(TOKEN);
        String loud = announcer(c).look().stream()
                .filter(o -> !o.seen().map(s -> s.isQuiescedFor(token)).orElse(false))
                .map(Outcome::words)
                .collect(Collectors.joining("; "));
        return loud.isEmpty() ? Verdict.holds() : Verdict.again(loud);
    }

    @Override
    public Probed probe(StepContext<PostgresEngine> c) {
        String token = c.facts().string(TOKEN);
        List<Outcome> outcomes = announcer(c).look();
        if (outcomes.stream()
                .allMatch(o -> o.seen().map(s -> s.isQuiescedFor(token)).orElse(false))) {
            return Probed.done();
        }
        boolean nobody = outcomes.stream()
                .allMatch(o ->
                        o.seen().map(s -> !s.isHeldBy(c.facts().string(OWNER))).orElse(false));
        return nobody
                ? Probed.notDone()
                : Probed.partial(outcomes.stream().map(Outcome::words).collect(Collectors.joining("; ")));
    }

    private HoldAnnouncer announcer(StepContext<PostgresEngine> c) {
        return HoldAnnouncer.of(c.engine(), holds.apply(c.engine()));
    }
}
