package io.gds.database.testkit;

import io.gds.database.core.RunRecord;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunStatus;
import java.util.ArrayList;
import java.util.List;

/** What must hold after every run, whatever happened in it. */
public final class Invariants {
    private Invariants() {}

    /**
     * Checks the cluster and the journal after a run.
     *
     * @throws AssertionError naming all that does not hold
     */
    public static void check(FakeCluster cluster, RunRecord run) {
        List<String> wrong = violated(cluster, run);
        if (!wrong.isEmpty()) {
            throw new AssertionError("after run " + run.run() + " (" + run.status() + "): " + String.join("; ", wrong)
                    + "\ncluster " + cluster + "\n" + story(cluster, run));
        }
    }

    /** The same as a list. */
    static List<String> violated(FakeCluster cluster, RunRecord run) {
        List<String> wrong = new ArrayList<>(cluster.violations());
        journal(run, wrong);
        if (cluster.primaries().size() != 1) {
            wrong.add("primaries are " + cluster.primaries());
        }
        if (run.status() == RunStatus.RUNNING || run.status() == RunStatus.WAITING) {
            wrong.add("the run has not ended");
        } else if (run.status().isFinal()) {
            restored(cluster, wrong);
        }
        if (run.status() != RunStatus.UNDETERMINED
                && !cluster.setting("cluster/writes").isEmpty()) {
            wrong.add("an urgent bracket is left open: writes are " + cluster.setting("cluster/writes"));
        }
        if (run.status() == RunStatus.ROLLED_BACK
                && ledToWhatWasFound(run)
                && !cluster.snapshot().equals(cluster.found())) {
            wrong.add("rolled back to " + cluster.snapshot() + ", found was " + cluster.found());
        }
        return wrong;
    }

    /** A way back that stopped at a seal leads elsewhere. */
    private static boolean ledToWhatWasFound(RunRecord run) {
        return run.events().stream()
                .filter(e -> e.type() == RunEvent.Type.RUN_FINISHED)
                .reduce((a, b) -> b)
                .filter(e -> e.data().string("reason").equals("as found"))
                .isPresent();
    }

    private static void journal(RunRecord run, List<String> wrong) {
        long seq = 0;
        for (RunEvent e : run.events()) {
            seq++;
            if (e.seq() != seq) {
                wrong.add("event out of order: " + e);
            }
        }
    }

    private static void restored(FakeCluster cluster, List<String> wrong) {
        if (!cluster.settings().isEmpty()) {
            wrong.add("settings are left: " + cluster.settings());
        }
        if (!cluster.downByUs().isEmpty()) {
            wrong.add("members are left down: " + cluster.downByUs());
        }
        if (!cluster.tables().names().isEmpty() || !cluster.clones().isEmpty()) {
            wrong.add("left: tables " + cluster.tables().names() + ", clones " + cluster.clones());
        }
        if (!cluster.isWritable()) {
            wrong.add("the cluster is not writable");
        }
    }

    /** Everything that happened, for a failed test. */
    static String story(FakeCluster cluster, RunRecord run) {
        StringBuilder out = new StringBuilder();
        cluster.effects().forEach(e -> out.append("  ").append(e).append('\n'));
        run.events().forEach(e -> out.append("  ").append(e).append('\n'));
        return out.toString();
    }
}
