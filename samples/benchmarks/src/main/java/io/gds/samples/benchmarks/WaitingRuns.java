package io.gds.samples.benchmarks;

import io.gds.database.core.Journal;
import io.gds.database.core.RollingPatcher;
import io.gds.database.core.RunHistory;
import io.gds.database.core.internal.journal.Draft;
import io.gds.database.core.internal.journal.Holder;
import io.gds.database.core.internal.journal.Lease;
import io.gds.database.core.internal.journal.SqliteJournal;
import io.gds.database.core.internal.run.RunState;
import io.gds.database.plan.Params;
import io.gds.database.plan.Plan;
import io.gds.database.run.Blocked;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunId;
import io.gds.database.run.RunStatus;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Many waiting runs in one journal: what they cost in memory, how long listing them takes, and whether picking up those
 * that are due takes time in proportion to their number.
 */
final class WaitingRuns {
    private static final int MOST = 10_000;
    private static final int[] SIZES = {2_500, 5_000, 10_000};
    private static final double MEBIBYTES = 64;
    private static final double LIST_MILLIS = 1000;
    /** Time for each of 10 000 runs against time for each of 2 500. */
    private static final double LINEAR = 1.25;

    List<Figure> measure(int repetitions) throws IOException {
        Plan plan = RealPlan.make();
        Path dir = Bed.directory("waiting-runs");
        System.out.println("  plan of " + plan.steps().size() + " steps, "
                + plan.document().toJson().length() + " characters");
        List<Path> files = new ArrayList<>();
        for (int size : SIZES) {
            files.add(journal(dir, plan, size));
        }
        Path largest = files.get(files.size() - 1);

        Samples heap = new Samples("waiting-runs heap above idle, MiB");
        Samples heapListed = new Samples("waiting-runs heap with the list held, MiB");
        Samples list = new Samples("waiting-runs list of 10000, ms");
        for (int i = 0; i < repetitions; i++) {
            Path empty = dir.resolve("empty-" + i + ".db");
            double idle = heapOf(empty, 0, new Samples("list of none, ms"), false);
            heap.add(heapOf(largest, MOST, list, false) - idle);
            heapListed.add(heapOf(largest, MOST, new Samples("list of 10000 again, ms"), true) - idle);
        }

        List<Samples> query = new ArrayList<>();
        List<Samples> pickUp = new ArrayList<>();
        for (int size : SIZES) {
            query.add(new Samples("waiting-runs due query " + size + ", ms"));
            pickUp.add(new Samples("waiting-runs due and state of " + size + ", us each"));
        }
        // once without counting: the first thousands of runs are read by code that is not compiled yet
        pickUp(files.get(0), SIZES[0], new Samples("warm-up, ms"), new Samples("warm-up, us each"));
        for (int i = 0; i < repetitions; i++) {
            for (int k = 0; k < SIZES.length; k++) {
                pickUp(files.get(k), SIZES[k], query.get(k), pickUp.get(k));
            }
        }
        list.print();
        heap.print(heapListed);
        query.get(2).print(query.get(0));
        pickUp.get(2).print(pickUp.get(0));
        System.out.println(String.format(
                Locale.ROOT,
                "  state of a due run: %.0f / %.0f / %.0f us each at 2500 / 5000 / 10000",
                pickUp.get(0).median(),
                pickUp.get(1).median(),
                pickUp.get(2).median()));
        return List.of(
                Figure.bound("waiting-runs, heap", "MiB", heap.median(), MEBIBYTES),
                Figure.bound("waiting-runs, heap with list", "MiB", heapListed.median(), MEBIBYTES),
                Figure.bound("waiting-runs, list", "ms", list.median(), LIST_MILLIS),
                Figure.told(
                        "waiting-runs, due query", Samples.number(query.get(2).median()) + " ms"),
                Figure.atMost("waiting-runs, due, 10000 vs 2500", "us", pickUp.get(2), pickUp.get(0), LINEAR));
    }

    /** Written on a memory disk, where a commit costs nothing, by the journal's own means; then moved to the real one. */
    private static Path journal(Path dir, Plan plan, int size) throws IOException {
        Path shm = Path.of("/dev/shm");
        Path fast = Files.isWritable(shm)
                ? Files.createTempDirectory(shm, "gds-benchmark")
                : Files.createTempDirectory(dir, "slow");
        Path file = fast.resolve("runs.db");
        Instant now = Instant.now();
        Params blocked = Params.of("what", "gate:after-canary")
                .with(
                        "blocked",
                        new Blocked("0 of 1 approvals", "1 approval", "approval", Duration.ofHours(1)).document());
        long start = System.nanoTime();
        try (SqliteJournal journal = new SqliteJournal(file)) {
            Holder me = Holder.current();
            for (int i = 0; i < size; i++) {
                RunId run = RunId.of(String.format(Locale.ROOT, "waiting-%05d", i));
                journal.create(
                        run,
                        plan,
                        List.of("cluster:postgres:c" + i),
                        List.of(new Draft(RunEvent.Type.RUN_CREATED, null, Params.empty(), now)));
                Lease lease = journal.take(run, me, Duration.ofMinutes(1), now);
                journal.append(
                        lease,
                        1,
                        List.of(
                                new Draft(
                                        RunEvent.Type.LEASE_TAKEN,
                                        null,
                                        Params.of("holder", me.name(), "epoch", lease.epoch())
                                                .with("host", me.host()),
                                        now),
                                new Draft(
                                        RunEvent.Type.STEP_INTENT,
                                        plan.steps().get(0).id().value(),
                                        Params.of("facts", Params.empty(), "pass", 1, "attempt", 1),
                                        now),
                                new Draft(
                                        RunEvent.Type.STEP_APPLIED,
                                        plan.steps().get(0).id().value(),
                                        Params.of("facts", Params.empty()),
                                        now),
                                new Draft(
                                        RunEvent.Type.STEP_VERIFIED,
                                        plan.steps().get(0).id().value(),
                                        Params.of("facts", Params.empty()),
                                        now)));
                journal.park(lease, blocked, now.minusSeconds(1));
            }
        }
        Path there = Files.copy(file, dir.resolve("runs-" + size + ".db"), StandardCopyOption.COPY_ATTRIBUTES);
        Bed.remove(fast);
        System.out.println(String.format(
                Locale.ROOT,
                "  %d runs made in %.1f s, %d MiB",
                size,
                (System.nanoTime() - start) / 1e9,
                Files.size(there) >> 20));
        return there;
    }

    private static double heapOf(Path file, int expected, Samples list, boolean holdList) {
        try (Journal journal = Journal.sqlite(file);
                RollingPatcher patcher = RollingPatcher.create(journal)) {
            long start = System.nanoTime();
            List<RunHistory.Line> lines = patcher.runs().list(RunStatus.WAITING);
            long took = System.nanoTime() - start;
            if (lines.size() != expected) {
                throw new IllegalStateException("listed " + lines.size() + ", expected " + expected);
            }
            if (expected > 0) {
                list.add(Bed.millis(took));
            }
            Object held = holdList ? lines : patcher;
            try {
                return used();
            } finally {
                Reference.reachabilityFence(held);
            }
        }
    }

    private static double used() {
        Runtime r = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            least = Math.min(least, r.totalMemory() - r.freeMemory());
        }
        return (double) least / (1 << 20);
    }

    /** What picking up costs before a cluster is opened: the query for those due, then each run's plan, events and state. */
    private static void pickUp(Path file, int expected, Samples query, Samples each) {
        try (SqliteJournal journal = new SqliteJournal(file)) {
            long start = System.nanoTime();
            List<RunId> due = journal.due(Instant.now(), Integer.MAX_VALUE);
            long asked = System.nanoTime();
            if (due.size() != expected) {
                throw new IllegalStateException("due " + due.size() + ", expected " + expected);
            }
            long sum = 0;
            for (RunId run : due) {
                sum += RunState.of(journal.plan(run), journal.events(run, 0)).seq();
            }
            long end = System.nanoTime();
            if (sum != 5L * expected) {
                throw new IllegalStateException("folded " + sum + " events");
            }
            query.add(Bed.millis(asked - start));
            each.add((end - start) / 1e3 / expected);
        }
    }
}
