package io.gds.engine.postgres.internal.hold;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import io.gds.database.run.CancelReason;
import io.gds.database.spi.Cancellation;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.config.HoldSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** All applications of a cluster: all of them hold, or none does. Thread-safe. */
final class HoldAnnouncer {
    private static final String THIS_MACHINE = "localhost";

    private final List<HoldTarget> targets;

    /** What came of one target: what was seen, or why nothing was. */
    record Outcome(HoldSpec spec, Optional<Seen> seen, Optional<RuntimeException> failure) {
        String words() {
            return spec.name() + ": "
                    + seen.map(Seen::toString).orElseGet(() -> failure.map(RuntimeException::getMessage)
                            .orElse("nothing"));
        }
    }

    HoldAnnouncer(List<HoldTarget> targets) {
        this.targets = List.copyOf(targets);
    }

    static HoldAnnouncer of(PostgresEngine engine, List<HoldSpec> specs) {
        return new HoldAnnouncer(
                specs.stream().map(s -> HoldAnnouncer.target(engine, s)).toList());
    }

    private static HoldTarget target(PostgresEngine engine, HoldSpec spec) {
        if (spec instanceof HoldSpec.ByHttp http) {
            return new HttpTarget(http, engine.context().secrets());
        }
        HoldSpec.ByFile file = (HoldSpec.ByFile) spec;
        Optional<Params> settings =
                file.host().isPresent() ? Optional.empty() : Optional.of(Params.of("type", "local"));
        return new FileTarget(file, () -> engine.shellAt(file.host().orElse(THIS_MACHINE), settings));
    }

    /**
     * Announces to all and waits until all their connections have come back.
     *
     * @throws GdsDatabaseException with code {@code PG-HOLD-NOT-QUIET} when one of them did not get there in time; then
     *     nobody holds, unless this process was deposed: whoever leads the run now decides about the hold
     */
    void announce(String token, String owner, Cancellation cancellation) {
        List<Outcome> outcomes = each(t -> Optional.of(t.announce(token, owner)), cancellation);
        List<String> wrong = outcomes.stream()
                .filter(o -> !o.seen().map(s -> s.isQuiescedFor(token)).orElse(false))
                .map(Outcome::words)
                .toList();
        if (wrong.isEmpty()) {
            return;
        }
        GdsDatabaseException failure = GdsDatabaseException.environment("PG-HOLD-NOT-QUIET")
                .message("applications did not become quiet: " + String.join("; ", wrong) + ".")
                .remedy(
                        "nothing holds any more and nothing was changed; end what runs for long there, or allow more time"
                                + " by quiesce of the hold, then try again.")
                .retryable()
                .build();
        if (cancellation.reason().filter(CancelReason.DEPOSED::equals).isEmpty()) {
            lift(token).forEach(failure::addSuppressed); // their holds end by themselves
        }
        throw failure;
    }

    /**
     * Lifts the holds of an owner, or of a token, wherever they can be reached.
     *
     * @return why it did not work where it did not
     */
    List<RuntimeException> lift(String name) {
        return each(
                        t -> {
                            t.lift(name);
                            return Optional.empty();
                        },
                        Cancellation.never())
                .stream()
                .flatMap(o -> o.failure().stream())
                .toList();
    }

    /** How all stand. */
    List<Outcome> look() {
        return each(t -> Optional.of(t.look()), Cancellation.never());
    }

    /** At the same time, since everybody who holds waits for the last; none is left out because another one fails. */
    private List<Outcome> each(Function<HoldTarget, Optional<Seen>> work, Cancellation cancellation) {
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, targets.size()), task -> {
            Thread t = new Thread(task, "gds-hold");
            t.setDaemon(true);
            return t;
        });
        List<Future<Optional<Seen>>> answers = new ArrayList<>();
        targets.forEach(t -> answers.add(threads.submit(() -> work.apply(t))));
        // only now: what has not begun would never end
        Cancellation.Registration breaker = cancellation.onCancel(threads::shutdownNow);
        try {
            List<Outcome> out = new ArrayList<>();
            for (int i = 0; i < targets.size(); i++) {
                out.add(outcome(targets.get(i), answers.get(i)));
            }
            return out;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw GdsDatabaseException.environment("GDS-INTERRUPTED")
                    .message("the work on the holds of applications was interrupted.")
                    .remedy("look at their state before doing it again.")
                    .cause(e)
                    .build();
        } finally {
            breaker.close();
            threads.shutdownNow();
        }
    }

    private static Outcome outcome(HoldTarget target, Future<Optional<Seen>> answer) throws InterruptedException {
        try {
            return new Outcome(target.spec(), answer.get(), Optional.empty());
        } catch (ExecutionException e) {
            RuntimeException failure =
                    e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e.getCause());
            return new Outcome(target.spec(), Optional.empty(), Optional.of(failure));
        }
    }
}
