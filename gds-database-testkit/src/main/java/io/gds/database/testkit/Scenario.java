package io.gds.database.testkit;

import io.gds.database.core.RunOptions;
import io.gds.database.gate.Approval;
import io.gds.database.plan.PatchRequest;
import io.gds.database.run.RunId;
import io.gds.database.run.RunOutcome;

/** One story of a run: which cluster, which wish, what goes wrong, and what people do meanwhile. */
public interface Scenario {
    /** Makes the cluster as it is before, with its faults; called once for each time the story is told. */
    FakeCluster cluster(SettableClock clock);

    /** What is wished for. */
    PatchRequest request();

    /** What is said when the run is created. */
    default RunOptions options() {
        return RunOptions.none();
    }

    /** What somebody does right after a change of the cluster; for example cancels the run. */
    default void watch(Simulation simulation, Effect effect) {}

    /**
     * What people do when a run waits.
     *
     * @return whether they did something, so that the run is resumed at once; else time passes until it is due
     */
    default boolean whileWaiting(SimulatedProcess process, RunId run, RunOutcome.Waiting waiting) {
        return false;
    }

    /**
     * What people do when a run has ended; for example take it back. Called again until it changes nothing.
     *
     * @return whether they did something
     */
    default boolean whenEnded(SimulatedProcess process, RunId run, RunOutcome outcome) {
        return false;
    }

    /** Somebody with a reason. */
    static Approval kim() {
        return Approval.by("kim").because("a test");
    }
}
