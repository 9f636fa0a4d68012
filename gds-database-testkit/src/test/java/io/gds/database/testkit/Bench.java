package io.gds.database.testkit;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.RollingPatcher;
import io.gds.database.core.RunOptions;
import io.gds.database.core.internal.run.RunState;
import io.gds.database.plan.Params;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.Plan;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunId;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.run.StepState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        this(members, more, w -> {});
    }

    Bench(int members, Consumer<RollingPatcher.Builder> more, Consumer<Simulation> setUp) {
        this.cluster = FakeCluster.of("orders", members, "1.0", clock).target("1.1");
        this.world = Simulation.inMemory(clock, cluster);
        setUp.accept(world);
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

    /** A plan of the test's own. */
    Plan.Builder plan() {
        return Plan.of("custom", "A plan of the test's own", cluster.reference(), "any");
    }

    StepState state(String step) {
        Map<String, StepState> states = RunState.of(
                        world.record(run()).plan(), world.record(run()).events())
                .states();
        return Objects.requireNonNull(states.get(step), () -> step + " is none of " + states);
    }

    /** What a step journalled. */
    Params facts(String step) {
        Params out = Params.empty();
        for (RunEvent e : events(e -> e.step().orElse("").equals(step))) {
            out = out.with(e.data().object("facts"));
        }
        return out;
    }

    /** What became of a member by our hands. */
    List<String> effectsOn(String member) {
        return cluster.effects().stream()
                .filter(e -> e.byUs() && e.subject().equals(member))
                .map(Effect::what)
                .toList();
    }

    List<String> order(RunEvent.Type type) {
        return events(type).stream().map(e -> e.step().orElse("")).toList();
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
