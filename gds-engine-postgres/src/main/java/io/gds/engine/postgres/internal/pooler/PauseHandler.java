package io.gds.engine.postgres.internal.pooler;

import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.Probed;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.config.PoolerSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Pauses all poolers: transactions finish, new ones wait. */
final class PauseHandler extends PoolerHandler {
    PauseHandler(Function<PostgresEngine, List<PoolerSpec>> specs) {
        super(PoolerActions.PAUSE, specs);
    }

    @Override
    public String describe(Params p) {
        return "pause all poolers, or none: transactions finish, new ones wait; a dead man's timer on each pooler's host"
                + " resumes it should this process die";
    }

    @Override
    public Prepared prepare(StepContext<PostgresEngine> c) {
        Poolers poolers = poolers(c);
        List<ConsoleView> views = Parallel.each(poolers.all(), ConsoleView::of);
        Map<String, Pause.Found> found = new TreeMap<>();
        for (ConsoleView view : views) {
            Optional<Finding> wrong = ConsoleChecks.of(view).stream()
                    .filter(f -> f.severity() == Finding.Severity.BLOCK)
                    .filter(f -> !f.id().equals(ConsoleChecks.PAUSED) || !isOurs(view.pooler(), c))
                    .findFirst();
            if (wrong.isPresent()) {
                return Prepared.refuse(wrong.get());
            }
            found.put(
                    view.pooler().spec().name(),
                    new Pause.Found(
                            view.pooler().configFile(view.config()),
                            PauseLimits.of(view.pooler().spec(), view.config()).total(),
                            view.pooler().follows(view.databases())));
        }
        return Prepared.proceed(new Pause(c.key(), c.clock().instant(), found).facts());
    }

    /** Whether a pause that is seen is this step's own, from an earlier attempt. */
    private static boolean isOurs(Pooler pooler, StepContext<PostgresEngine> c) {
        return c.pass() > 1
                || pooler.timer(c.key())
                        .map(t -> t.state() == PoolerTimer.State.WATCHING)
                        .orElse(false);
    }

    @Override
    public Params apply(StepContext<PostgresEngine> c) {
        c.fence();
        poolers(c).pauseAll(Pause.of(c.facts()), c::fence, c.cancellation());
        return Params.empty();
    }

    @Override
    public Verdict verify(StepContext<PostgresEngine> c) {
        List<String> open = open(c);
        return open.isEmpty() ? Verdict.holds() : Verdict.again("not paused: " + String.join(", ", open));
    }

    /** Databases that are not paused, or in which a transaction still runs. */
    private List<String> open(StepContext<PostgresEngine> c) {
        return Parallel.each(poolers(c).all(), PauseHandler::open).stream()
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> open(Pooler p) {
        try (PgBouncerConsole console = p.console()) {
            Map<String, PoolerDatabase> rows =
                    p.ours(console).stream().collect(Collectors.toMap(PoolerDatabase::name, d -> d));
            return p.spec().databases().stream()
                    .filter(d -> !rows.containsKey(d) || !rows.get(d).paused() || console.busyServers(d) > 0)
                    .map(d -> d + " in " + p.spec().name())
                    .toList();
        }
    }

    @Override
    public Probed probe(StepContext<PostgresEngine> c) {
        Poolers poolers = poolers(c);
        List<String> open = open(c);
        boolean watched = poolers.all().stream()
                .allMatch(p -> p.timer(Pause.of(c.facts()).step())
                        .map(t -> t.state() == PoolerTimer.State.WATCHING)
                        .orElse(true));
        if (open.isEmpty() && watched) {
            return Probed.done();
        }
        long all = poolers.all().stream()
                .mapToLong(p -> p.spec().databases().size())
                .sum();
        return open.size() == all && !watched
                ? Probed.notDone()
                : Probed.partial("not paused: " + open + (watched ? "" : "; a timer does not watch"));
    }
}
