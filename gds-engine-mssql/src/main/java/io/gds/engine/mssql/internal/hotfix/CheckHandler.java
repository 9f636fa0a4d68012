package io.gds.engine.mssql.internal.hotfix;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.ActionId;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.run.Blocked;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.Probed;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.StepHandler;
import io.gds.database.spi.Verdict;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.build.Build;
import io.gds.engine.mssql.internal.logs.UpgradeFailures;
import io.gds.engine.mssql.internal.sql.InstanceFacts;
import io.gds.engine.mssql.internal.sql.InstanceReader;
import io.gds.engine.mssql.internal.sql.SqlAccess;
import io.gds.engine.mssql.internal.survey.HostReader;
import io.gds.engine.mssql.internal.survey.RegisteredInstance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks what came of an instance's packages. Three witnesses have to agree: the instance itself, which build runs and whether every
 * database is back; the registry, that the update is whole; and the log, that no script of it failed. Changes nothing.
 */
final class CheckHandler implements StepHandler<MssqlEngine> {
    private static final Duration RECHECK = Duration.ofSeconds(5);

    @Override
    public ActionId action() {
        return ActionId.of(HotfixActions.CHECK);
    }

    @Override
    public String describe(Params p) {
        return "ask " + p.optionalString("instance").orElse("the instance") + " whether it runs "
                + p.optionalString("target").orElse("the target")
                + " with every database online, its registry whether the update is whole, and its log whether a script failed";
    }

    @Override
    public Prepared prepare(StepContext<MssqlEngine> c) {
        return Prepared.proceed(Params.of("preBuild", c.params().string("before")));
    }

    @Override
    public Params apply(StepContext<MssqlEngine> c) {
        return Params.empty();
    }

    @Override
    public Verdict verify(StepContext<MssqlEngine> c) {
        String name = c.params().string("instance");
        SqlAccess access = c.engine().access(name);
        InstanceFacts facts;
        Map<String, String> down;
        List<String> failures;
        try {
            facts = InstanceReader.facts(access);
            down = InstanceReader.notOnline(access);
            failures = UpgradeFailures.since(access, facts.startedAt());
        } catch (GdsDatabaseException e) {
            if (!e.retryable()) {
                throw e;
            }
            return notYet(String.valueOf(e.getMessage()), "an answer of the instance");
        }
        if (!down.isEmpty()) {
            return notYet("databases of " + name + " are not online: " + down, "every database ONLINE");
        }
        Build target = Build.of(c.params().string("target"));
        Optional<RegisteredInstance> registered = registered(c, c.params().string("server"));
        boolean installed = registered
                .flatMap(RegisteredInstance::build)
                .filter(b -> !b.isBelow(target))
                .isPresent();
        if (!failures.isEmpty()) {
            return Verdict.broken(
                    Finding.block(
                            "MSSQL-SCRIPT-UPGRADE",
                            name,
                            "it runs " + facts.version() + ", and its log says: " + String.join("; ", failures),
                            "scripts of the update that passed",
                            "mend what the log says, then restart the instance: the scripts run again."),
                    Params.of("postBuild", facts.version(), "targetStatus", "partial"));
        }
        if (facts.build().isBelow(target)) {
            return shortOf(
                    name,
                    facts.version(),
                    "it runs " + facts.version()
                            + registered
                                    .map(r -> ", and its registry says " + r.patchLevel())
                                    .orElse(""),
                    target + " or more",
                    installed ? "restart the host, then look again." : "see which package failed, and run again.");
        }
        Params done = Params.of("postBuild", facts.version(), "targetStatus", "success")
                .with("article", facts.article().orElse(""));
        if (c.params().has("nodes")) {
            return nodes(c, facts, target, done);
        }
        return installed && registered.stream().noneMatch(RegisteredInstance::halfInstalled)
                ? Verdict.holds(done)
                : shortOf(
                        name,
                        facts.version(),
                        "it runs " + facts.version() + ", but its registry says " + level(registered),
                        target + " or more in both, and a whole update",
                        "read the log of setup, then run the same package on it again.");
    }

    /** The instance of a failover cluster is as new as the oldest of its nodes: it may be on that one tomorrow. */
    private static Verdict nodes(StepContext<MssqlEngine> c, InstanceFacts facts, Build target, Params done) {
        List<String> levels = new ArrayList<>();
        List<String> shortOf = new ArrayList<>();
        for (Params node : c.params().objects("nodes")) {
            Optional<RegisteredInstance> there;
            try {
                there = registered(c, node.string("server"));
            } catch (GdsDatabaseException e) {
                if (!e.retryable()) {
                    throw e;
                }
                return notYet(String.valueOf(e.getMessage()), "an answer of node " + node.string("node"));
            }
            String level = node.string("node") + " " + level(there);
            boolean reached = there.filter(i -> !i.halfInstalled())
                    .flatMap(RegisteredInstance::build)
                    .filter(b -> !b.isBelow(target))
                    .isPresent();
            (reached ? levels : shortOf).add(level);
        }
        return shortOf.isEmpty()
                ? Verdict.holds(done.with("nodes", String.join(", ", levels)).with("runsOn", facts.host()))
                : shortOf(
                        c.params().string("instance"),
                        facts.version(),
                        "it runs " + facts.version() + " on " + facts.host() + ", but its nodes have "
                                + String.join(", ", shortOf),
                        target + " or more on every node",
                        "see which package failed there, and run again.");
    }

    private static String level(Optional<RegisteredInstance> there) {
        return there.map(i -> i.patchLevel() + (i.halfInstalled() ? ", half installed (Resume is 1)" : ""))
                .orElse("without the instance");
    }

    private static Optional<RegisteredInstance> registered(StepContext<MssqlEngine> c, String server) {
        String instance = c.engine()
                .spec()
                .target(c.params().string("instance"))
                .orElseThrow()
                .instanceName();
        return HostReader.instances(c.engine().host(server)).stream()
                .filter(i -> i.name().equalsIgnoreCase(instance))
                .findFirst();
    }

    /** Every package that had to be installed was: who comes here with less has lost one that was optional, or lacks a restart. */
    private static Verdict shortOf(String name, String build, String observed, String expected, String remedy) {
        return Verdict.broken(
                Finding.block("MSSQL-SHORT-OF-TARGET", name, observed, expected, remedy),
                Params.of("postBuild", build, "targetStatus", "partial"));
    }

    private static Verdict notYet(String observed, String needed) {
        return Verdict.notYet(
                new Blocked(observed, needed, "the instance, once it has started and upgraded its databases", RECHECK));
    }

    @Override
    public Probed probe(StepContext<MssqlEngine> c) {
        return Probed.done();
    }
}
