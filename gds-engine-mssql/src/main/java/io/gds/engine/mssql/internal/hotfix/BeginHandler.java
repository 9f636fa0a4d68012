package io.gds.engine.mssql.internal.hotfix;

import io.gds.database.plan.ActionId;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.run.Blocked;
import io.gds.database.spi.NotNowException;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.Probed;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.StepHandler;
import io.gds.database.spi.Verdict;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.survey.HostFacts;
import io.gds.engine.mssql.internal.survey.HostReader;
import io.gds.engine.mssql.internal.windows.HostClaim;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Marks a host as worked on by this run, once nothing speaks against the work there. */
final class BeginHandler implements StepHandler<MssqlEngine> {
    private static final Duration RECHECK = Duration.ofSeconds(15);

    @Override
    public ActionId action() {
        return ActionId.of(HotfixActions.BEGIN);
    }

    @Override
    public String describe(Params p) {
        return "check " + p.optionalString("server").orElse("the server")
                + " once more, then leave a mark there that keeps other runs away";
    }

    @Override
    public Prepared prepare(StepContext<MssqlEngine> c) {
        Params p = c.params();
        HostFacts facts = HostReader.read(c.engine().host(p.string("server")));
        boolean restarts = p.flag("restartAllowed");
        List<Finding> against =
                ServerFindings.of(
                                p.string("server"),
                                facts,
                                Set.copyOf(p.strings("instances")),
                                p.integer("largestPackage"))
                        .stream()
                        .filter(f -> !(restarts && f.id().equals(ServerFindings.RESTART_PENDING)))
                        .toList();
        Optional<Finding> running = against.stream()
                .filter(f -> f.id().equals(ServerFindings.SETUP_RUNNING))
                .findFirst();
        if (running.isPresent() && against.size() == 1) {
            return Prepared.hold(new Blocked(running.get().observed(), "no other installation", "its end", RECHECK));
        }
        return against.isEmpty()
                ? Prepared.proceed(Params.of("bootedAt", facts.bootedAt().toString(), "host", facts.name()))
                : Prepared.refuse(together(against));
    }

    /** A refusal says all that speaks against the work, so that nobody mends one thing only to hear of the next. */
    private static Finding together(List<Finding> against) {
        Finding first = against.get(0);
        return Finding.block(
                first.id(),
                first.subject(),
                against.stream().map(Finding::observed).collect(Collectors.joining("; ")),
                against.stream().map(Finding::expected).collect(Collectors.joining("; ")),
                against.stream().map(Finding::remedy).collect(Collectors.joining(" ")));
    }

    private static HostClaim claim(StepContext<MssqlEngine> c) {
        return c.engine().claim(c.params().string("server"));
    }

    @Override
    public Params apply(StepContext<MssqlEngine> c) {
        c.fence();
        String holder = claim(c).take(c.run().toString());
        if (!holder.equals(c.run().toString())) {
            throw new NotNowException(
                    "MSSQL-CLAIMED",
                    "server " + c.params().string("server") + " is not worked on",
                    new Blocked(
                            "run " + holder + " has its mark there",
                            "no other run's mark",
                            "the end of that run; a person who knows that it will not go on removes " + claim(c).path(),
                            RECHECK));
        }
        return Params.empty();
    }

    private static boolean isOurs(StepContext<MssqlEngine> c) {
        return c.engine()
                .host(c.params().string("server"))
                .shell()
                .read(claim(c).path())
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .filter(c.run().toString()::equals)
                .isPresent();
    }

    @Override
    public Verdict verify(StepContext<MssqlEngine> c) {
        return isOurs(c) ? Verdict.holds() : Verdict.again("our mark is not there");
    }

    @Override
    public Probed probe(StepContext<MssqlEngine> c) {
        return isOurs(c) ? Probed.done() : Probed.notDone();
    }
}
