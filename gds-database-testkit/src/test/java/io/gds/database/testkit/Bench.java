package io.gds.database.testkit;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.RollingPatcher;
import io.gds.database.core.RunOptions;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.Plan;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunId;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A cluster, a world and one process, for tests of a single thing. */
final class Bench implements AutoCloseable {
    final SettableClock clock = new SettableClock();
    final FakeCluster cluster;
    final Simulation world;
    final SimulatedProcess process;

    Bench(int members) {
        this(members, b -> {});
    }

    Bench(int members, Consumer<RollingPatcher.Builder> more) {
        this.cluster = FakeCluster.of("orders", members, "1.0", clock).target("1.1");
        this.world = Simulation.inMemory(clock, cluster);
        this.process = world.process().with(more);
    }

    RollingPatcher patcher() {
        return process.patcher();
    }

    Plan plan(PatchRequest request) {
        try (DatabaseEngine engine = process.open(cluster.reference())) {
            return patcher().plan(engine, request);
        }
    }

    RunOutcome execute(PatchRequest request) {
        return patcher().execute(plan(request), RunListener.none());
    }

    RunOutcome execute(Plan plan) {
        return patcher().execute(plan, RunOptions.none(), RunListener.none());
    }

    RunOutcome resume() {
        return patcher().resume(run(), RunListener.none());
    }

    RunOutcome resumeAfter(Duration time) {
        clock.advance(time);
        return resume();
    }

    RunId run() {
        return world.runs().get(0);
    }

    List<RunEvent> events(Predicate<RunEvent> which) {
        return world.record(run()).events().stream().filter(which).toList();
    }

    List<RunEvent> events(RunEvent.Type type) {
        return events(e -> e.type() == type);
    }

    void check() {
        Invariants.check(cluster, world.record(run()));
    }

    @Override
    public void close() {
        process.close();
        world.close();
    }
}
