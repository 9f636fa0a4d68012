package io.gds.database.testkit;

import io.gds.database.DatabaseEngine;
import io.gds.database.error.ClaimHeldException;
import io.gds.database.run.RunId;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Tells a scenario to its end, through any number of deaths of processes. Confined to one thread. */
public final class Play {
    private static final int TURNS = 300;
    private static final Duration LEASE = Duration.ofSeconds(31);

    private final Simulation world;
    private final Scenario scenario;
    private final Deque<CrashPoint> deaths;
    private final Duration outage;

    /**
     * A telling.
     *
     * @param world where
     * @param scenario what
     * @param deaths where the first process dies, where the second, and so on; the one after the last lives
     * @param outage how long nobody is there after a death
     */
    public Play(Simulation world, Scenario scenario, List<CrashPoint> deaths, Duration outage) {
        this.world = world;
        this.scenario = scenario;
        this.deaths = new ArrayDeque<>(deaths);
        this.outage = outage;
        world.cluster().observe(e -> scenario.watch(world, e));
    }

    /** Tells it; returns how the run ended. */
    public RunOutcome toTheEnd() {
        return toTheEnd(next());
    }

    RunOutcome toTheEnd(SimulatedProcess first) {
        SimulatedProcess process = first;
        for (int turn = 0; turn < TURNS; turn++) {
            try {
                Optional<RunOutcome> end = turn(process);
                if (end.isPresent()) {
                    process.close();
                    return end.get();
                }
            } catch (SimulatedCrash e) {
                process.close();
                world.clock().advance(outage);
                process = next();
            } catch (ClaimHeldException e) {
                world.clock().advance(LEASE);
            }
        }
        throw new AssertionError(
                "no end after " + TURNS + " turns: " + world.record(world.runs().get(0)));
    }

    private SimulatedProcess next() {
        CrashPoint death = deaths.poll();
        return death == null ? world.process() : world.processThatDies(death);
    }

    private Optional<RunOutcome> turn(SimulatedProcess p) {
        if (world.runs().isEmpty()) {
            try (DatabaseEngine engine = p.open(world.cluster().reference())) {
                p.patcher()
                        .execute(p.patcher().plan(engine, scenario.request()), scenario.options(), RunListener.none());
            }
            return Optional.empty();
        }
        RunId run = world.runs().get(0);
        Optional<RunOutcome> known = p.patcher().runs().find(run).orElseThrow().outcome();
        if (known.isEmpty()) {
            p.patcher().resume(run, RunListener.none());
        } else if (known.get() instanceof RunOutcome.Waiting waiting) {
            if (!scenario.whileWaiting(p, run, waiting)) {
                world.clock().advanceTo(waiting.until());
            }
            p.patcher().resume(run, RunListener.none());
        } else if (!scenario.whenEnded(p, run, known.get())) {
            return known;
        }
        return Optional.empty();
    }
}
