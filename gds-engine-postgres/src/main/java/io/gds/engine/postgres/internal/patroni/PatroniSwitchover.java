package io.gds.engine.postgres.internal.patroni;

import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.run.Blocked;
import io.gds.database.spi.Permit;
import io.gds.database.spi.Probed;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.control.Roles;
import io.gds.engine.postgres.internal.kernel.Kernel;
import io.gds.engine.postgres.internal.patroni.api.ClusterView;
import io.gds.engine.postgres.internal.patroni.api.Outcome;
import io.gds.engine.postgres.internal.patroni.api.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The switchover that Patroni makes and we order. Its answers only say where to look: whether it happened is read from the
 * servers themselves, since Patroni calls a server primary before that has left recovery.
 */
final class PatroniSwitchover {
    /** Patroni watches for 20 s and more before it says that it does not know. */
    private static final Duration OVERDUE = Duration.ofSeconds(30);

    private static final Duration SOON = Duration.ofMillis(25);
    private static final String ASKED_AT = "askedAt";

    private final PostgresEngine engine;
    private final PatroniCluster patroni;
    private final Kernel kernel;
    private final Roles roles;

    PatroniSwitchover(PostgresEngine engine, PatroniCluster patroni, Kernel kernel) {
        this.engine = engine;
        this.patroni = patroni;
        this.kernel = kernel;
        this.roles = new Roles(engine);
    }

    Permit may(String from, String to) {
        ClusterView view = patroni.apis().cluster();
        Optional<Blocked> held = Standing.of(view).blocked();
        if (held.isPresent()) {
            return Permit.wait(held.get());
        }
        return kernel.maySwitchOver(from, to);
    }

    void switchOver(String from, String to, StepContext<?> c) {
        if (roles.of(to) == Roles.Answer.PRIMARY || roles.of(from) != Roles.Answer.PRIMARY) {
            return; // done, or Patroni is in the middle of it
        }
        c.checkpoint(Params.of(ASKED_AT, c.clock().instant().toString()));
        c.fence();
        // Patroni answers a good while after the new leader takes writes; whoever waits for us need not wait for that
        Optional<Reply> reply = Order.of(
                        "switchover-" + from, () -> patroni.apis().switchover(from, Optional.of(to)))
                .until(() -> roles.of(to) == Roles.Answer.PRIMARY);
        reply.ifPresent(r -> c.progress(r.toString()));
        if (reply.filter(r -> r.outcome().effect() == Outcome.Effect.NONE).isPresent()) {
            throw reply.get().toException();
        }
    }

    Verdict done(String from, String to, boolean formerStaysDown, StepContext<?> c) {
        List<String> primaries = roles.primaries();
        if (primaries.equals(List.of(to))) {
            boolean former = formerStaysDown || roles.of(from) == Roles.Answer.FOLLOWER;
            return former
                    ? Verdict.holds()
                    : Verdict.notYet(new Blocked(from + " does not answer", from + " following", "Patroni", SOON));
        }
        if (primaries.size() > 1) {
            return Verdict.notYet(
                    new Blocked(primaries + " accept writes", to + " alone", "Patroni demoting " + from, SOON));
        }
        if (primaries.size() == 1 && !primaries.get(0).equals(from)) {
            return Verdict.broken(Finding.block(
                    "PG-OTHER-CANDIDATE",
                    engine.name(),
                    primaries.get(0) + " was promoted",
                    to,
                    "plan again; the cluster is in order with another primary."));
        }
        boolean overdue = c.checkpointed().has(ASKED_AT)
                && Instant.parse(c.checkpointed().string(ASKED_AT))
                        .plus(OVERDUE)
                        .isBefore(c.clock().instant());
        return primaries.size() == 1 && overdue
                ? Verdict.again(from + " is still primary " + OVERDUE + " after the switchover was asked for")
                : Verdict.notYet(new Blocked("primaries " + primaries, to + " as primary", "Patroni", SOON));
    }

    Probed probe(String from, String to, boolean formerStaysDown) {
        Roles.Answer f = roles.of(from);
        Roles.Answer t = roles.of(to);
        if (f == Roles.Answer.PRIMARY && t == Roles.Answer.PRIMARY) {
            return Probed.inProgress(
                    new Blocked(from + " and " + to + " accept writes", "one", "Patroni demoting " + from, SOON));
        }
        if (t == Roles.Answer.PRIMARY) {
            return formerStaysDown || f == Roles.Answer.FOLLOWER
                    ? Probed.done()
                    : Probed.partial(to + " is primary, " + from + " does not follow yet");
        }
        if (f == Roles.Answer.PRIMARY && t == Roles.Answer.FOLLOWER) {
            return Probed.notDone();
        }
        return Probed.partial(from + " " + f + ", " + to + " " + t);
    }
}
