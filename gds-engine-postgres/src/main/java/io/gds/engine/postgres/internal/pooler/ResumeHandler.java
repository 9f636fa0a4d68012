package io.gds.engine.postgres.internal.pooler;

import io.gds.database.plan.Params;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.Probed;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.config.HostPort;
import io.gds.engine.postgres.internal.config.PoolerSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Resumes all poolers, to whoever is primary by then. Before the pause has lasted as long as it may, only when a primary has
 * left recovery and the poolers lead to it; after that in any case, since waiting clients would be thrown out.
 */
final class ResumeHandler extends PoolerHandler {
    private static final String HOST = "host";
    private static final String PORT = "port";
    private static final String ASKED = "asked";
    private static final Duration FRESH = Duration.ofSeconds(2);

    private final Function<PostgresEngine, Leader> leaders;

    ResumeHandler(Function<PostgresEngine, List<PoolerSpec>> specs, Function<PostgresEngine, Leader> leaders) {
        super(PoolerActions.RESUME, specs);
        this.leaders = leaders;
    }

    @Override
    public String describe(Params p) {
        return "point the poolers to whoever is primary, once it has left recovery, and resume them";
    }

    @Override
    public Prepared prepare(StepContext<PostgresEngine> c) {
        Params facts = c.openingFacts().with(ASKED, c.clock().instant().toString());
        Pause pause = Pause.of(facts);
        boolean over = c.clock().instant().isAfter(pause.over());
        Optional<Leader.Serving> primary = leaders.apply(c.engine()).find();
        if (primary.isEmpty()) {
            return over
                    ? Prepared.proceed(facts)
                    : Prepared.hold(blocked("no primary", "one that has left recovery", "its promotion"));
        }
        if (!over) {
            TargetProof proof = new TargetProof(c.engine(), primary.get().member());
            for (Pooler p : poolers(c).all()) {
                Optional<String> astray = proof.astray(p, pause.follows(p.spec().name()));
                if (astray.isPresent()) {
                    return Prepared.hold(blocked(
                            astray.get(),
                            "a way to " + primary.get().member(),
                            "what stands between noticing the new primary"));
                }
            }
        }
        HostPort address = primary.get().address();
        return Prepared.proceed(facts.with(Params.of(HOST, address.host(), PORT, address.port())));
    }

    @Override
    public Params apply(StepContext<PostgresEngine> c) {
        Optional<HostPort> server = server(c);
        Pause pause = Pause.of(c.facts());
        c.fence();
        poolers(c).resumeAll(pause, server, c.clock().instant().isAfter(pause.over()));
        return Params.empty();
    }

    @Override
    public Verdict verify(StepContext<PostgresEngine> c) {
        String step = Pause.of(c.facts()).step();
        Optional<HostPort> server = server(c);
        for (Pooler p : poolers(c).all()) {
            Optional<PoolerTimer.State> timer = p.timer(step).map(PoolerTimer::state);
            if (timer.filter(PoolerTimer.State.FIRED::equals).isPresent()) {
                return Verdict.notYet(blocked(
                        "the dead man's timer of pooler " + p.spec().name() + " is at work", "its end", "its end"));
            }
            if (timer.filter(PoolerTimer.State.WATCHING::equals).isPresent()) {
                return Verdict.again("the timer of pooler " + p.spec().name() + " still watches");
            }
            Optional<String> left = left(p, server);
            if (left.isPresent()) {
                return Verdict.again(left.get());
            }
        }
        return Verdict.holds();
    }

    /** What is left to do with a pooler that answers; one whose process is gone is paused no more. */
    private static Optional<String> left(Pooler p, Optional<HostPort> server) {
        if (Listening.refuses(p.spec().address())) {
            return Optional.empty();
        }
        try (PgBouncerConsole console = p.console()) {
            return p.ours(console).stream()
                    .filter(d -> d.paused() || !server.map(s -> p.fits(d, s)).orElse(true))
                    .map(d -> "database " + d.name() + " of pooler " + p.spec().name()
                            + (d.paused() ? " is paused" : " leads to " + d.target()))
                    .findFirst();
        }
    }

    @Override
    public Probed probe(StepContext<PostgresEngine> c) {
        Verdict v = verify(c);
        return v instanceof Verdict.Holds
                ? Probed.done()
                : Probed.partial(v instanceof Verdict.Again a ? a.evidence() : "a timer is at work");
    }

    /** The primary that was found; when that was long ago (we died since), the one there is now, if any. */
    private Optional<HostPort> server(StepContext<PostgresEngine> c) {
        Params facts = c.facts();
        Optional<HostPort> found = facts.optionalString(HOST).map(h -> new HostPort(h, (int) facts.integer(PORT)));
        if (Instant.parse(facts.string(ASKED)).plus(FRESH).isAfter(c.clock().instant())) {
            return found;
        }
        return leaders.apply(c.engine()).find().map(Leader.Serving::address).or(() -> found);
    }
}
