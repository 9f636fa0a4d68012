package io.gds.database.testkit;

import static java.util.Objects.requireNonNull;

import io.gds.database.run.RunId;
import io.gds.database.run.RunOutcome;
import io.gds.database.run.RunStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * Tells a scenario once without a death, and then again and again with a death at every write to the journal and at every
 * change of the cluster, before and after, with a short and a long time in which nobody is there. Every telling must end
 * as the first one did, with no change made twice.
 *
 * <p>Confined to one thread.
 */
public final class CrashMatrix {
    private static final List<Duration> OUTAGES = List.of(Duration.ofSeconds(1), Duration.ofSeconds(60));

    private final Scenario scenario;
    private final BiFunction<SettableClock, FakeCluster, Simulation> worlds;
    private final int stride;

    private CrashMatrix(Scenario scenario, BiFunction<SettableClock, FakeCluster, Simulation> worlds, int stride) {
        this.scenario = requireNonNull(scenario, "scenario");
        this.worlds = worlds;
        this.stride = stride;
    }

    /** All points of a scenario, with journals in memory. */
    public static CrashMatrix of(Scenario scenario) {
        return new CrashMatrix(scenario, Simulation::inMemory, 1);
    }

    /** Another kind of world, for example one with its journal on SQLite. */
    public CrashMatrix in(BiFunction<SettableClock, FakeCluster, Simulation> kind) {
        return new CrashMatrix(scenario, requireNonNull(kind, "kind"), stride);
    }

    /** Only every n-th point. */
    public CrashMatrix every(int n) {
        return new CrashMatrix(scenario, worlds, n);
    }

    /**
     * What came out.
     *
     * @param status how the run ends
     * @param writes writes to the journal without a death
     * @param effects changes of the cluster without a death
     * @param cases how many tellings there were
     * @param failures what went wrong in which of them
     */
    public record Result(RunStatus status, int writes, int effects, int cases, List<String> failures) {
        /** Copies. */
        public Result {
            failures = List.copyOf(failures);
        }

        /** Fails when something went wrong, with the first few stories. */
        public Result requireAllPassed() {
            if (!failures.isEmpty()) {
                throw new AssertionError(failures.size() + " of " + cases + " failed:\n"
                        + String.join("\n", failures.subList(0, Math.min(3, failures.size()))));
            }
            return this;
        }
    }

    private record Ending(RunStatus status, Map<String, String> state, Map<String, Integer> effects) {}

    /** Tells all of it. */
    public Result run() {
        List<String> failures = new ArrayList<>();
        int writes;
        int effects;
        Ending wanted;
        try (Simulation world = world()) {
            SimulatedProcess counted = world.process();
            new Play(world, scenario, List.of(), Duration.ZERO).toTheEnd(counted);
            writes = counted.writes();
            effects = counted.effects();
            wanted = ending(world);
        }
        int cases = 0;
        for (CrashPoint point : points(writes, effects)) {
            for (Duration outage : OUTAGES) {
                cases++;
                try {
                    tell(point, outage, wanted);
                } catch (AssertionError | RuntimeException e) {
                    failures.add("death " + point + ", then " + outage + " of nobody: " + trace(e));
                }
            }
        }
        return new Result(wanted.status(), writes, effects, cases, failures);
    }

    private static String trace(Throwable e) {
        StringBuilder out = new StringBuilder(e.toString());
        if (!(e instanceof AssertionError)) {
            for (StackTraceElement at : e.getStackTrace()) {
                out.append("\n    at ").append(at);
            }
        }
        return out.toString();
    }

    private List<CrashPoint> points(int writes, int effects) {
        List<CrashPoint> out = new ArrayList<>();
        for (int i = 1; i <= writes; i += stride) {
            out.add(new CrashPoint(CrashPoint.Moment.BEFORE_WRITE, i));
            out.add(new CrashPoint(CrashPoint.Moment.AFTER_WRITE, i));
        }
        for (int i = 1; i <= effects; i += stride) {
            out.add(new CrashPoint(CrashPoint.Moment.BEFORE_EFFECT, i));
            out.add(new CrashPoint(CrashPoint.Moment.AFTER_EFFECT, i));
        }
        return out;
    }

    private Simulation world() {
        SettableClock clock = new SettableClock();
        return worlds.apply(clock, scenario.cluster(clock));
    }

    private void tell(CrashPoint point, Duration outage, Ending wanted) {
        try (Simulation world = world()) {
            RunOutcome outcome = new Play(world, scenario, List.of(point), outage).toTheEnd();
            Ending found = ending(world);
            String story = Invariants.story(world.cluster(), world.record(outcome.run()));
            if (!found.status().equals(wanted.status()) || !found.state().equals(wanted.state())) {
                throw new AssertionError("ended as " + found + ", expected " + wanted + "\n" + story);
            }
            String twice = moreOften(found.effects(), wanted.effects(), world.cluster());
            if (!twice.isEmpty()) {
                throw new AssertionError(twice + "\n" + story);
            }
        }
    }

    private static Ending ending(Simulation world) {
        RunId run = world.runs().get(0);
        Invariants.check(world.cluster(), world.record(run));
        if (world.record(run).status().isFinal() && !world.claims(run).isEmpty()) {
            throw new AssertionError("claims are left: " + world.claims(run));
        }
        Map<String, Integer> effects = new TreeMap<>();
        world.cluster().effects().stream().filter(Effect::byUs).forEach(e -> effects.merge(e.what(), 1, Integer::sum));
        return new Ending(world.record(run).status(), world.cluster().snapshot(), effects);
    }

    /** A change that a dead-man's timer took back, or that the next process closed first, may be made once more. */
    private static String moreOften(Map<String, Integer> found, Map<String, Integer> wanted, FakeCluster cluster) {
        StringBuilder out = new StringBuilder();
        found.forEach((what, n) -> {
            long lost = cluster.effects().stream()
                    .filter(e -> e.kind() == Effect.Kind.EXPIRED && what.contains(" " + e.subject() + " "))
                    .count();
            lost += what.contains(" " + FakeVerbs.BLOCKING + " ") ? 1 : 0;
            if (n > wanted.getOrDefault(what, 0) + lost) {
                out.append(what).append(" happened ").append(n).append(" times, expected ");
                out.append(wanted.getOrDefault(what, 0)).append("; ");
            }
        });
        return out.toString();
    }
}
