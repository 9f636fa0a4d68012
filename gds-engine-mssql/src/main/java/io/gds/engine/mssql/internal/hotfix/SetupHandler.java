package io.gds.engine.mssql.internal.hotfix;

import io.gds.database.plan.ActionId;
import io.gds.database.plan.Params;
import io.gds.database.run.Blocked;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.Probed;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.StepHandler;
import io.gds.database.spi.Verdict;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.build.Build;
import io.gds.engine.mssql.internal.build.Family;
import io.gds.engine.mssql.internal.config.TargetSpec;
import io.gds.engine.mssql.internal.survey.HostReader;
import io.gds.engine.mssql.internal.survey.RegisteredInstance;
import io.gds.engine.mssql.internal.windows.HostJobs;
import io.gds.engine.mssql.internal.windows.JobState;
import io.gds.engine.mssql.internal.windows.JobState.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs one package's setup on a server, as a job of the server's own. Its effect is that the job is started, which is certain or can
 * be found out; what became of it is read afterwards from the job, the registry and setup's summary.
 */
final class SetupHandler implements StepHandler<MssqlEngine> {
    /** A setup is looked at the less often the longer it runs. */
    private static final Duration SOONEST = Duration.ofSeconds(1);

    private static final Duration LATEST = Duration.ofSeconds(15);
    private static final Duration BUSY = Duration.ofSeconds(30);
    private static final int MOST_TRIES = 100;
    private static final String BEFORE = "before";

    private final ActionId action;
    private final SetupGoal goal;

    SetupHandler(String action, SetupGoal goal) {
        this.action = ActionId.of(action);
        this.goal = goal;
    }

    @Override
    public ActionId action() {
        return action;
    }

    @Override
    public String describe(Params p) {
        String what = goal.verb() + " " + p.optionalString("path").orElse("the package") + " on "
                + p.optionalString("server").orElse("the server") + ": setup.exe "
                + (p.has("arguments") ? String.join(" ", p.strings("arguments")) : "");
        return goal == SetupGoal.REMOVED
                ? what
                        + " (what its scripts changed in master and msdb stays changed; what was released as it is cannot be"
                        + " removed)"
                : what;
    }

    @Override
    public Prepared prepare(StepContext<MssqlEngine> c) {
        String server = c.params().string("server");
        List<RegisteredInstance> instances = instances(c);
        if (isReached(c, instances)) {
            return Prepared.already(levels(instances) + ": nothing to " + goal.verb());
        }
        HostJobs jobs = c.engine().jobs(server);
        for (int attempt = 1; attempt <= MOST_TRIES; attempt++) {
            String key = JobKeys.of(c, goal, attempt);
            JobState state = jobs.state(key);
            if (state.stage() == Stage.ABSENT) {
                return begin(c, key, instances);
            }
            if (!state.isOver()
                    || (state.stage() == Stage.ENDED && Outcome.of(state).isSuccess())) {
                return Prepared.proceed(
                        facts(server, key, instances)); // one of ours goes on, or did its work: it is joined
            }
        }
        throw new IllegalStateException(MOST_TRIES + " tries of " + c.key());
    }

    /** Taken off is a package when its instances are at what it found: others before it may have been installed meanwhile. */
    private boolean isReached(StepContext<MssqlEngine> c, List<RegisteredInstance> now) {
        if (goal == SetupGoal.INSTALLED || !c.firstFacts().has(BEFORE)) {
            return goal.isReached(now, target(c));
        }
        return levels(now).equals(c.firstFacts().string(BEFORE))
                && now.stream().noneMatch(RegisteredInstance::halfInstalled);
    }

    private Prepared begin(StepContext<MssqlEngine> c, String key, List<RegisteredInstance> instances) {
        String server = c.params().string("server");
        Optional<Prepared> objection = PassiveNode.objection(c);
        if (objection.isPresent()) {
            return objection.get();
        }
        List<String> running = HostReader.running(c.engine().host(server));
        return running.isEmpty()
                ? Prepared.proceed(facts(server, key, instances))
                : Prepared.hold(new Blocked(
                        "an installation runs on " + server + ": " + String.join(", ", running),
                        "no other installation",
                        "its end",
                        BUSY));
    }

    private static Params facts(String server, String key, List<RegisteredInstance> instances) {
        return Params.of("server", server, "job", key, BEFORE, levels(instances));
    }

    private static String levels(List<RegisteredInstance> instances) {
        return instances.stream().map(i -> i.name() + " " + i.patchLevel()).collect(Collectors.joining(", "));
    }

    @Override
    public Params apply(StepContext<MssqlEngine> c) {
        String key = c.facts().string("job");
        HostJobs jobs = c.engine().jobs(c.params().string("server"));
        if (PassiveNode.isMeant(c) && jobs.state(key).stage() == Stage.ABSENT) {
            PassiveNode.demand(c);
        }
        c.fence();
        jobs.start(SetupJob.of(
                key,
                jobs.directory(key),
                c.params(),
                goal.verb() + " " + c.params().string("path") + ", run " + c.run()));
        return Params.empty();
    }

    @Override
    public Verdict verify(StepContext<MssqlEngine> c) {
        String server = c.params().string("server");
        JobState state = c.engine().jobs(server).state(c.facts().string("job"));
        if (!state.isOver()) {
            return Verdict.notYet(new Blocked(
                    server + ": " + (state.phase().isEmpty() ? "the job has not begun" : state.phase() + " goes on")
                            + state.startedAt().map(t -> " since " + t).orElse(""),
                    "its end",
                    "setup itself; it is not ended when its time is over, since nobody could tell what it leaves",
                    next(c, state)));
        }
        return whose(
                c,
                new Outcome(
                                c.engine().host(server),
                                server,
                                Family.named(c.params().string("family")).orElseThrow(),
                                now -> isReached(c, now),
                                state)
                        .verdict(() -> instances(c)));
    }

    /** An exit code is told with its installer and its instances, so that nobody has to look up a step for them. */
    private static Verdict whose(StepContext<MssqlEngine> c, Verdict verdict) {
        Params whose = Params.of("path", c.params().string("path"))
                .with("instances", targets(c).map(TargetSpec::fullName).toList());
        if (verdict instanceof Verdict.Holds holds) {
            return Verdict.holds(whose.with(holds.facts()));
        }
        return verdict instanceof Verdict.Broken broken
                ? Verdict.broken(broken.finding(), whose.with(broken.facts()))
                : verdict;
    }

    private static Stream<TargetSpec> targets(StepContext<MssqlEngine> c) {
        return c.params().strings("targets").stream()
                .map(t -> c.engine().spec().target(t).orElseThrow());
    }

    private static Duration next(StepContext<MssqlEngine> c, JobState state) {
        Duration eighth = state.startedAt()
                .map(t -> Duration.between(t, c.clock().instant()).dividedBy(8))
                .orElse(SOONEST);
        if (eighth.compareTo(SOONEST) < 0) {
            return SOONEST;
        }
        return eighth.compareTo(LATEST) > 0 ? LATEST : eighth;
    }

    @Override
    public Probed probe(StepContext<MssqlEngine> c) {
        JobState state =
                c.engine().jobs(c.params().string("server")).state(c.facts().string("job"));
        return switch (state.stage()) {
            case ABSENT -> Probed.notDone();
            case WAITING -> Probed.partial("its task is there and has not begun");
            default -> Probed.done();
        };
    }

    private static Build target(StepContext<MssqlEngine> c) {
        return Build.of(c.params().string("target"));
    }

    /** The instances that the package is for, as the registry has them now. */
    private static List<RegisteredInstance> instances(StepContext<MssqlEngine> c) {
        Set<String> names = targets(c)
                .map(TargetSpec::instanceName)
                .map(n -> n.toUpperCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return HostReader.instances(c.engine().host(c.params().string("server"))).stream()
                .filter(i -> names.contains(i.name().toUpperCase(Locale.ROOT)))
                .toList();
    }
}
