package io.gds.engine.postgres.internal.patroni;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.ActionId;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.TurnForecast;
import io.gds.database.run.Blocked;
import io.gds.database.spi.Permit;
import io.gds.database.spi.PrimaryTurns;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import io.gds.database.version.EngineVersion;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.control.Roles;
import io.gds.engine.postgres.internal.patroni.api.Outcome;
import io.gds.engine.postgres.internal.patroni.api.Reply;
import io.gds.engine.postgres.internal.patroni.api.RestartFilter;
import io.gds.engine.postgres.internal.sql.SqlText;
import io.gds.engine.postgres.internal.steps.Serving;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The leader restarted in place, by Patroni, on packages that were replaced under it. */
final class PatroniTurns implements PrimaryTurns {
    private static final ActionId STARTED = ActionId.of("member.start@1");
    private static final Duration RESTART_LIMIT = Duration.ofMinutes(10);
    private static final Duration CHECKPOINT_LIMIT = Duration.ofMinutes(30);
    private static final Duration SOON = Duration.ofMillis(25);

    private final PostgresEngine engine;
    private final PatroniCluster patroni;
    private final PatroniMembers members;
    private final Roles roles;

    PatroniTurns(PostgresEngine engine, PatroniCluster patroni, PatroniMembers members) {
        this.engine = engine;
        this.patroni = patroni;
        this.members = members;
        this.roles = new Roles(engine);
    }

    @Override
    public TurnForecast forecast(String primary, PatchRequest request) {
        return GapModel.unmeasured(patroni.commitsWait(primary), followers());
    }

    /** The second of two checkpoints costs what the one of a shutdown will cost: what was dirtied in between. */
    @Override
    public TurnForecast measure(String primary, StepContext<?> c) {
        Optional<Duration> slowest = c.earlier(STARTED).stream()
                .filter(f -> f.has(PatroniMembers.START_TOOK))
                .map(f -> f.duration(PatroniMembers.START_TOOK))
                .max(Duration::compareTo);
        checkpoint(primary, c);
        Duration last = checkpoint(primary, c);
        return GapModel.measured(slowest, last, patroni.commitsWait(primary), followers());
    }

    @Override
    public TurnForecast rehearsed(String primary, TurnForecast onClone) {
        return GapModel.rehearsed(onClone, patroni.commitsWait(primary), followers());
    }

    private Duration checkpoint(String member, StepContext<?> c) {
        Instant from = c.clock().instant();
        engine.connections().onMember(member, s -> {
            s.within(CHECKPOINT_LIMIT).execute(SqlText.of("CHECKPOINT"));
            return member;
        });
        return Duration.between(from, c.clock().instant());
    }

    private int followers() {
        return engine.spec().members().size() - 1;
    }

    @Override
    public Permit mayRestart(String primary, StepContext<?> c) {
        Optional<Blocked> held = Standing.of(patroni.apis().cluster()).blocked();
        if (held.isPresent()) {
            return Permit.wait(held.get());
        }
        List<String> primaries = roles.primaries();
        return primaries.equals(List.of(primary))
                ? Permit.granted()
                : Permit.refused(Finding.block(
                        "PG-PRIMARY-MOVED",
                        engine.name(),
                        "primaries " + primaries,
                        primary,
                        "plan again; a member that follows is patched by stop and start."));
    }

    @Override
    public void restart(String primary, EngineVersion version, StepContext<?> c) {
        Optional<EngineVersion> running = running(primary);
        if (running.filter(v -> v.sameRelease(version)).isPresent() || running.isEmpty()) {
            return; // done, or Patroni is starting it
        }
        // a version filter makes it idempotent on Patroni's side too; downwards there is none
        RestartFilter filter =
                running.get().compareTo(version) < 0 ? RestartFilter.olderThan(version.toString()) : RestartFilter.NONE;
        c.fence();
        Optional<Reply> reply = Order.of(
                        "restart-" + primary, () -> patroni.api(primary).restart(filter, RESTART_LIMIT))
                .until(() -> accepts(primary, version));
        reply.ifPresent(r -> c.progress(r.toString()));
        if (reply.filter(r -> r.outcome().effect() == Outcome.Effect.NONE && r.outcome() != Outcome.CONDITIONS_NOT_MET)
                .isPresent()) {
            throw reply.get().toException();
        }
    }

    private Optional<EngineVersion> running(String member) {
        return engine.topology().member(member).flatMap(io.gds.database.topology.Member::version);
    }

    private boolean accepts(String member, EngineVersion version) {
        try {
            return engine.connections()
                    .onMember(
                            member,
                            s -> !s.inRecovery()
                                    && EngineVersion.parse(s.one(
                                                    "SELECT current_setting('server_version') AS v",
                                                    r -> r.text("v").split(" ", 2)[0]))
                                            .sameRelease(version));
        } catch (GdsDatabaseException e) {
            return false; // it is on its way
        }
    }

    @Override
    public Verdict restarted(String primary, EngineVersion version, StepContext<?> c) {
        Optional<EngineVersion> running = running(primary);
        if (running.isEmpty()) {
            return notYet(primary + " does not answer", "an answer", "its start");
        }
        Params before = c.facts();
        String since = engine.topology()
                .member(primary)
                .map(m -> m.attributes().getOrDefault("startedAt", ""))
                .orElse("");
        if (running.filter(v -> v.sameRelease(version)).isEmpty()) {
            return since.equals(before.optionalString("startedAt").orElse(""))
                    ? Verdict.again(primary + " was not restarted: it runs " + running.get() + " since " + since)
                    : Verdict.broken(Finding.block(
                            "PG-WRONG-VERSION",
                            primary,
                            "runs " + running.get() + " since " + since,
                            version.toString(),
                            "look at what its data directory is started with."));
        }
        List<String> primaries = roles.primaries();
        if (primaries.isEmpty() || primaries.size() > 1) {
            return notYet("primaries " + primaries, "one primary", "Patroni");
        }
        // a restart that took too long costs the lock; the cluster is in order all the same, with another primary
        return primaries.equals(List.of(primary))
                ? Verdict.holds(Params.of("startedAt", since))
                : new Serving(engine, members::alive, m -> true).verify(primary, version, c);
    }

    private static Verdict notYet(String observed, String needed, String clears) {
        return Verdict.notYet(new Blocked(observed, needed, clears, SOON));
    }
}
