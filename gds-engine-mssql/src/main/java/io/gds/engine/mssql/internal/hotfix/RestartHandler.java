package io.gds.engine.mssql.internal.hotfix;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.ActionId;
import io.gds.database.plan.Params;
import io.gds.database.run.Blocked;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.Probed;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.StepHandler;
import io.gds.database.spi.Verdict;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.survey.HostReader;
import io.gds.engine.mssql.internal.survey.PendingRestart;
import io.gds.engine.mssql.internal.survey.RegisteredInstance;
import io.gds.engine.mssql.internal.windows.HostScripts;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Restarts a host that waits for it, once, and waits until its instances run again. */
final class RestartHandler implements StepHandler<MssqlEngine> {
    private static final Duration RECHECK = Duration.ofSeconds(10);

    @Override
    public ActionId action() {
        return ActionId.of(HotfixActions.RESTART);
    }

    @Override
    public String describe(Params p) {
        return "restart " + p.optionalString("server").orElse("the server")
                + " if Windows waits for it, and wait until its instances run again";
    }

    private static HostScripts host(StepContext<MssqlEngine> c) {
        return c.engine().host(c.params().string("server"));
    }

    @Override
    public Prepared prepare(StepContext<MssqlEngine> c) {
        List<PendingRestart> needed = HostReader.pendingRestart(host(c)).stream()
                .filter(PendingRestart::matters)
                .toList();
        String server = c.params().string("server");
        String bootedAt = HostReader.bootedAt(host(c));
        boolean asked = c.earlier(ActionId.of(HotfixActions.INSTALL)).stream()
                .anyMatch(f -> f.has("requiresRestart")
                        && f.flag("requiresRestart")
                        && f.optionalString("server").filter(server::equals).isPresent()
                        && !hasRestartedSince(f, bootedAt));
        if (needed.isEmpty() && !asked) {
            return Prepared.skip("nothing on " + server + " waits for a restart");
        }
        Optional<Prepared> objection = PassiveNode.objection(c);
        if (objection.isPresent()) {
            return objection.get();
        }
        List<String> running = HostReader.instances(host(c)).stream()
                .filter(RegisteredInstance::runs)
                .map(RegisteredInstance::name)
                .toList();
        return Prepared.proceed(Params.of("bootedAt", bootedAt, "running", running)
                .with("why", needed.stream().map(PendingRestart::describe).collect(Collectors.joining(", "))));
    }

    /** Setup restarts some hosts by itself (1641); both times are by the host's own clock. */
    private static boolean hasRestartedSince(Params installed, String bootedAt) {
        return installed
                .optionalString("completed")
                .filter(t -> !t.isEmpty())
                .filter(t -> OffsetDateTime.parse(bootedAt).toInstant().isAfter(Instant.parse(t)))
                .isPresent();
    }

    @Override
    public Params apply(StepContext<MssqlEngine> c) {
        PassiveNode.demand(c);
        c.fence();
        host(c).ask(
                        "restart",
                        Params.of("bootedAt", c.facts().string("bootedAt"), "reason", "gds-database, run " + c.run()));
        return Params.empty();
    }

    private static boolean hasRestarted(StepContext<MssqlEngine> c) {
        return !HostReader.bootedAt(host(c)).equals(c.facts().string("bootedAt"));
    }

    @Override
    public Verdict verify(StepContext<MssqlEngine> c) {
        String server = c.params().string("server");
        try {
            if (!hasRestarted(c)) {
                return notYet(server + " has not gone down yet");
            }
            List<String> down = HostReader.instances(host(c)).stream()
                    .filter(i -> c.facts().strings("running").contains(i.name()) && !i.runs())
                    .map(i -> i.service() + " is " + i.serviceState())
                    .toList();
            return down.isEmpty() ? Verdict.holds() : notYet(server + " is back, but " + String.join(", ", down));
        } catch (GdsDatabaseException e) {
            if (!e.retryable()) {
                throw e;
            }
            return notYet(server + " does not answer");
        }
    }

    private static Verdict notYet(String observed) {
        return Verdict.notYet(
                new Blocked(observed, "the host back with every instance that ran before", "the host itself", RECHECK));
    }

    @Override
    public Probed probe(StepContext<MssqlEngine> c) {
        // Called again it does nothing when the host has restarted since; and a host that does not answer may be on its
        // way.
        return hasRestarted(c) ? Probed.done() : Probed.partial("the host runs since before");
    }
}
