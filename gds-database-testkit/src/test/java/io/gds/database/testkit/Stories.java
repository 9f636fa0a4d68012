package io.gds.database.testkit;

import static java.time.Duration.ofMinutes;

import io.gds.database.DatabaseEngine;
import io.gds.database.gate.Gates;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.Plan;
import io.gds.database.plan.ProbeSettings;
import io.gds.database.plan.Strategy;
import io.gds.database.plan.TurnForecast;
import io.gds.database.run.RunId;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.run.RunStatus;
import java.time.Duration;
import java.util.function.Consumer;

/** The scenarios that the crash matrix tells. */
final class Stories {
    static final TurnForecast RESTART_IS_SHORTER =
            new TurnForecast(Duration.ofMillis(1300), Duration.ofMillis(400), "a guess");
    static final TurnForecast SWITCHOVER_IS_SHORTER =
            new TurnForecast(Duration.ofMillis(1300), Duration.ofMillis(9000), "a guess");

    private Stories() {}

    static PatchRequest to11() {
        return PatchRequest.to("1.1").probe(ProbeSettings.off());
    }

    /** A plain patch of three members. */
    static class Plain implements Scenario {
        private final Consumer<FakeFaults> faults;

        Plain(Consumer<FakeFaults> faults) {
            this.faults = faults;
        }

        @Override
        public FakeCluster cluster(SettableClock clock) {
            FakeCluster c = FakeCluster.of("orders", 3, "1.0", clock).target("1.1");
            faults.accept(c.faults());
            return c;
        }

        @Override
        public PatchRequest request() {
            return to11();
        }
    }

    /** A canary that is soaked and approved. */
    static final class ApprovedCanary extends Plain {
        ApprovedCanary() {
            super(f -> {});
        }

        @Override
        public PatchRequest request() {
            return to11().strategy(Strategy.canary(1).soak(ofMinutes(30)).gate(Gates.approval()));
        }

        @Override
        public boolean whileWaiting(SimulatedProcess process, RunId run, RunOutcome.Waiting waiting) {
            boolean asked = waiting.gate().equals("gate:after-canary")
                    && waiting.blocked().observed().contains("0 of 1");
            if (asked) {
                process.patcher().approve(run, "after-canary", Scenario.kim());
            }
            return asked;
        }
    }

    /** A finished run that somebody takes back. */
    static final class TakenBack extends Plain {
        TakenBack() {
            super(f -> {});
        }

        @Override
        public boolean whenEnded(SimulatedProcess process, RunId run, RunOutcome outcome) {
            return takesBack(process, run, outcome, RunStatus.SUCCEEDED);
        }
    }

    /** A run that somebody cancels while the second follower is down. */
    static final class Cancelled extends Plain {
        Cancelled() {
            super(f -> {});
        }

        @Override
        public void watch(Simulation simulation, Effect effect) {
            if (effect.what().equals("STOPPED n3")) {
                cancel(simulation);
            }
        }
    }

    /** A patch of three members whose primary is restarted where it is, with all that the fake can do. */
    static class InPlace extends Plain {
        InPlace(Consumer<FakeFaults> faults) {
            super(faults);
        }

        @Override
        public FakeCluster cluster(SettableClock clock) {
            FakeCluster c = super.cluster(clock);
            c.abilities()
                    .restartsInPlace(SWITCHOVER_IS_SHORTER, RESTART_IS_SHORTER)
                    .downloads();
            return c;
        }

        Plan planIn(SimulatedProcess process, Simulation world) {
            try (DatabaseEngine engine = process.open(world.cluster().reference())) {
                return process.patcher().plan(engine, request());
            }
        }

        RunOutcome executeIn(SimulatedProcess process, Simulation world) {
            return process.patcher().execute(planIn(process, world), RunListener.none());
        }
    }

    /** The same, taken back when it has ended. */
    static class InPlaceTakenBack extends InPlace {
        InPlaceTakenBack() {
            super(f -> {});
        }

        @Override
        public boolean whenEnded(SimulatedProcess process, RunId run, RunOutcome outcome) {
            return takesBack(process, run, outcome, RunStatus.SUCCEEDED);
        }
    }

    /** What was measured speaks for a switchover, against what was expected; taken back when it has ended. */
    static final class ChosenSwitchoverTakenBack extends InPlaceTakenBack {
        @Override
        public FakeCluster cluster(SettableClock clock) {
            FakeCluster c = super.cluster(clock);
            c.abilities().restartsInPlace(RESTART_IS_SHORTER, SWITCHOVER_IS_SHORTER);
            return c;
        }
    }

    /** Somebody cancels it between the new packages and the restart, and takes it back later. */
    static final class InPlaceCancelledAndTakenBack extends InPlace {
        InPlaceCancelledAndTakenBack() {
            super(f -> {});
        }

        @Override
        public void watch(Simulation simulation, Effect effect) {
            if (effect.what().equals("INSTALLED n1 1.1")) {
                cancel(simulation);
            }
        }

        @Override
        public boolean whenEnded(SimulatedProcess process, RunId run, RunOutcome outcome) {
            return takesBack(process, run, outcome, RunStatus.CANCELLED);
        }
    }

    /** Extensions are updated behind it, when somebody says so. */
    static final class Extended extends InPlace {
        Extended() {
            super(f -> {});
        }

        @Override
        public FakeCluster cluster(SettableClock clock) {
            FakeCluster c = super.cluster(clock);
            c.abilities().updatesExtensions();
            return c;
        }

        @Override
        public PatchRequest request() {
            return to11().updateExtensions(Gates.approval());
        }

        @Override
        public boolean whileWaiting(SimulatedProcess process, RunId run, RunOutcome.Waiting waiting) {
            boolean asked = waiting.gate().equals("gate:before-extensions");
            if (asked) {
                process.patcher().approve(run, "before-extensions", Scenario.kim());
            }
            return asked;
        }
    }

    private static boolean takesBack(SimulatedProcess process, RunId run, RunOutcome outcome, RunStatus when) {
        if (outcome.status() != when) {
            return false;
        }
        process.patcher().rollback(run, Scenario.kim(), RunListener.none());
        return true;
    }

    private static void cancel(Simulation simulation) {
        try (SimulatedProcess other = simulation.process()) {
            other.patcher().cancel(simulation.runs().get(0), Scenario.kim());
        }
    }
}
