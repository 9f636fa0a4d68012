package io.gds.engine.mssql.fleet;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.Engines;
import io.gds.database.core.Journal;
import io.gds.database.core.RollingPatcher;
import io.gds.database.plan.Plan;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.testkit.mssql.SetupBehaviour;
import io.gds.engine.mssql.HotfixRequest;
import io.gds.engine.mssql.internal.hotfix.PlanningRate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Figures of fleets, as a program that prints: servers planned in a second, what a deployment takes beyond the times of the models, and the
 * memory of servers that are worked on at the same time. The models run in the same process, so the last two are upper bounds.
 */
public final class FleetFigures {
    private static final int REPEATED = 5;
    private static final int PLANNED = 1000;
    private static final int PLANS = 15;
    private static final int AT_ONCE = 16;
    /** What a model's package takes to unpack and to set up, and its instance to upgrade its databases. */
    private static final Duration MODEL = Duration.ofMillis(200 + 1200 + 300);

    private FleetFigures() {}

    /** Measures everything. */
    public static void main(String[] args) throws Exception {
        planned();
        Path directory = Files.createTempDirectory("gds-fleet-figures-");
        try {
            overhead(directory);
            memory(directory);
        } finally {
            try (Stream<Path> all = Files.walk(directory)) {
                all.sorted(Comparator.reverseOrder()).forEach(p -> p.toFile().delete());
            }
        }
        System.exit(0); // clients of WinRM end their threads by and by
    }

    /** The first plan of a JVM is made by code that is not compiled yet: it is told apart. */
    private static void planned() {
        long[] nanos = repeated(PLANS, () -> {
            long start = System.nanoTime();
            Plan plan = PlanningRate.plan(PLANNED, Fleet.MAPPING);
            if (plan.steps().size() < PLANNED || plan.hash().isEmpty()) {
                throw new IllegalStateException("not planned");
            }
            return System.nanoTime() - start;
        });
        System.out.printf(
                Locale.ROOT,
                "planned: %.0f servers/s, median of %d plans of %d servers; the first plan of the JVM %.0f servers/s%n",
                PLANNED * 1e9 / median(nanos),
                PLANS,
                PLANNED,
                PLANNED * 1e9 / nanos[0]);
    }

    private static void overhead(Path directory) throws IOException {
        for (int servers : new int[] {1, AT_ONCE}) {
            Path sub = Files.createDirectory(directory.resolve("overhead-" + servers));
            try (Fleet fleet = new Fleet(sub, servers, i -> FleetServer.Fate.GOOD);
                    DatabaseEngine engine = Engines.open(fleet.spec());
                    RollingPatcher patcher = RollingPatcher.create(Journal.sqlite(sub.resolve("runs.db")))) {
                long start = System.nanoTime();
                Plan plan =
                        patcher.plan(engine, HotfixRequest.of(fleet.mapping()).serversAtOnce(servers));
                long planned = System.nanoTime();
                RunOutcome outcome = patcher.execute(plan, RunListener.none());
                long done = System.nanoTime();
                System.out.printf(
                        Locale.ROOT,
                        "overhead, %d servers at once: %d ms to survey and plan, %d ms to run beyond the model's %d ms, %d ms a server"
                                + " (%s)%n",
                        servers,
                        (planned - start) / 1_000_000,
                        (done - planned) / 1_000_000 - MODEL.toMillis(),
                        MODEL.toMillis(),
                        ((done - planned) / 1_000_000 - MODEL.toMillis()) / servers,
                        outcome.status());
            }
        }
    }

    /** In the middle of all setups against before the run, collected both times. */
    private static void memory(Path directory) throws Exception {
        Path sub = Files.createDirectory(directory.resolve("memory"));
        try (Fleet fleet = new Fleet(sub, AT_ONCE, i -> FleetServer.Fate.GOOD);
                DatabaseEngine engine = Engines.open(fleet.spec());
                RollingPatcher patcher = RollingPatcher.create(Journal.sqlite(sub.resolve("runs.db")))) {
            fleet.servers().forEach(s -> s.update.first(SetupBehaviour.good().in(Duration.ofSeconds(40))));
            long before = used();
            Plan plan = patcher.plan(engine, HotfixRequest.of(fleet.mapping()).serversAtOnce(AT_ONCE));
            Thread run = new Thread(() -> patcher.execute(plan, RunListener.none()));
            run.setDaemon(true);
            run.start();
            while (fleet.servers().stream().anyMatch(s -> s.update.started() == 0)) {
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
            System.out.printf(
                    Locale.ROOT,
                    "memory: %.1f MiB for each of %d servers at once, clients and models together%n",
                    (used() - before) / 1048576.0 / AT_ONCE,
                    AT_ONCE);
            run.join();
        }
    }

    private static long used() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < REPEATED; i++) {
            System.gc();
            least = Math.min(
                    least,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }

    private static long[] repeated(int times, LongSupplier measured) {
        return LongStream.range(0, times).map(i -> measured.getAsLong()).toArray();
    }

    private static long median(long[] samples) {
        long[] sorted = samples.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
