package io.gds.database.testkit;

import static java.util.Objects.requireNonNull;

import io.gds.database.run.RunEvent;
import io.gds.database.run.RunId;
import io.gds.database.run.RunOutcome;
import io.gds.database.run.RunStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;

/**
 * Tells many random stories of clusters, strategies, faults and deaths, each from a seed, and looks at the cluster after
 * every single change of it. A story that breaks a rule is made smaller by dropping mishaps while it stays broken.
 *
 * <p>Confined to one thread.
 */
public final class PropertyRunner {
    private final BiFunction<SettableClock, FakeCluster, Simulation> worlds;
    private final Map<RunStatus, Integer> endings = new EnumMap<>(RunStatus.class);
    private final Map<Effect.Kind, Integer> effects = new EnumMap<>(Effect.Kind.class);

    /**
     * A runner.
     *
     * @param worlds makes the world of a story, for example {@code Simulation::inMemory}
     */
    public PropertyRunner(BiFunction<SettableClock, FakeCluster, Simulation> worlds) {
        this.worlds = requireNonNull(worlds, "worlds");
    }

    /** How often runs ended in which way; a test asserts that none is missing. */
    public Map<RunStatus, Integer> endings() {
        return new EnumMap<>(endings);
    }

    /** How often the clusters of all stories were changed in which way; a test asserts that none is missing. */
    public Map<Effect.Kind, Integer> effects() {
        return new EnumMap<>(effects);
    }

    /**
     * Tells stories with consecutive seeds.
     *
     * @throws AssertionError with the seed and the smallest story that still breaks a rule
     */
    public void run(long firstSeed, int stories) {
        for (long seed = firstSeed; seed < firstSeed + stories; seed++) {
            Schedule s = Schedule.random(new Random(seed));
            String wrong = broken(s);
            if (!wrong.isEmpty()) {
                Schedule small = shrink(s);
                throw new AssertionError("story " + seed + " (tell it again with -Dgds.seed=" + seed
                        + " -Dgds.schedules=1) breaks a rule; the smallest like it: " + small + "\n" + broken(small));
            }
        }
    }

    private Schedule shrink(Schedule from) {
        for (Schedule s : smaller(from)) {
            if (!broken(s).isEmpty()) {
                return shrink(s);
            }
        }
        return from;
    }

    private static List<Schedule> smaller(Schedule s) {
        List<Schedule> out = new ArrayList<>();
        s.mishaps().forEach(m -> out.add(s.without(m)));
        s.deaths().forEach(d -> out.add(s.without(d)));
        return out;
    }

    /** What is wrong after a story; empty when all is well. */
    private String broken(Schedule schedule) {
        Scenario scenario = schedule.scenario();
        SettableClock clock = new SettableClock();
        try (Simulation world = worlds.apply(clock, scenario.cluster(clock))) {
            return broken(world, new Play(world, scenario, schedule.deaths(), schedule.outage()));
        }
    }

    /**
     * A primary that dies by itself after the run's last look at it is nobody's fault. A way back to what was found has
     * no such moment: that look is the last thing it does.
     */
    private static boolean nobodyLookedAfterADeath(Simulation world, RunId run) {
        if (world.record(run).status() == RunStatus.ROLLED_BACK) {
            return false;
        }
        Instant died = world.cluster().effects().stream()
                .filter(e -> e.kind() == Effect.Kind.DIED)
                .map(Effect::at)
                .reduce((a, b) -> b)
                .orElse(Instant.MIN);
        Instant looked = world.record(run).events().stream()
                .filter(e -> e.type() == RunEvent.Type.STEP_VERIFIED
                        && e.step().orElse("").endsWith("-ready"))
                .map(RunEvent::at)
                .reduce((a, b) -> b)
                .orElse(Instant.MIN);
        return died.isAfter(Instant.MIN) && !looked.isAfter(died);
    }

    private String broken(Simulation world, Play play) {
        try {
            RunOutcome outcome = play.toTheEnd();
            RunId run = outcome.run();
            endings.merge(outcome.status(), 1, Integer::sum);
            world.cluster().effects().forEach(e -> effects.merge(e.kind(), 1, Integer::sum));
            if (nobodyLookedAfterADeath(world, run)) {
                return String.join("; ", world.cluster().violations());
            }
            List<String> wrong = Invariants.violated(world.cluster(), world.record(run));
            if (outcome.status().isFinal() && !world.claims(run).isEmpty()) {
                wrong.add("claims are left: " + world.claims(run));
            }
            return wrong.isEmpty() ? "" : wrong + "\n" + Invariants.story(world.cluster(), world.record(run));
        } catch (RuntimeException | AssertionError e) {
            StringBuilder out = new StringBuilder(e.toString());
            for (StackTraceElement at : e.getStackTrace()) {
                out.append("\n    at ").append(at);
            }
            return out.toString();
        }
    }
}
