package io.gds.engine.mssql.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.run.RunEvent;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.testkit.mssql.AvailabilityGroup;
import io.gds.database.testkit.mssql.ReplicaSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Five replicas with thirty databases, and some trouble that passes at every step. */
@Tag("slow")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GroupTroubleTest {
    private static final Logger LOG = LoggerFactory.getLogger(GroupTroubleTest.class);
    private static final int RUNS = Integer.getInteger("gds.trouble", 2);

    @TempDir
    private Path directory;

    static List<Long> seeds() {
        long first = Long.getLong("gds.trouble.seed", System.nanoTime());
        return IntStream.range(0, RUNS).mapToObj(i -> first + i).toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whateverPassesNothingIsLostAndEverythingIsPutBack(long seed) throws Exception {
        LOG.info("trouble, seed {}", seed);
        try (GroupBed bed = new GroupBed(directory, 5)) {
            AvailabilityGroup group =
                    bed.group("ag1", b -> b.replica(bed.server(1).instance, ReplicaSettings.automatic())
                            .replica(bed.server(2).instance, ReplicaSettings.automatic())
                            .replica(bed.server(3).instance, ReplicaSettings.synchronous())
                            .replica(bed.server(4).instance, ReplicaSettings.asynchronous())
                            .replica(bed.server(5).instance, ReplicaSettings.asynchronous())
                            .requiredSynchronizedSecondaries(1)
                            .databases(IntStream.rangeClosed(1, 30)
                                    .mapToObj(i -> String.format("db%02d", i))
                                    .toArray(String[]::new)));
            try (GroupRun run = new GroupRun(bed, directory)) {
                Trouble trouble = new Trouble(bed, group, new Random(seed));
                RunOutcome outcome = run.run(GroupRun.request().memberTimeout(Duration.ofMinutes(2)), trouble);
                trouble.passes();
                assertThat(outcome.status().name())
                        .as(trouble + ": " + outcome.summary())
                        .isIn("SUCCEEDED", "ROLLED_BACK");
                GroupRun.await(group::isHealthy);
                run.runs(outcome instanceof RunOutcome.Succeeded ? GroupServer.NEW : GroupServer.OLD);
                run.isAsFound();
            }
        }
    }

    /** Something happens at every other step, and passes. */
    private static final class Trouble implements RunListener {
        private final GroupBed bed;
        private final AvailabilityGroup group;
        private final Random random;
        private final ScheduledExecutorService healer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "healer");
            thread.setDaemon(true);
            return thread;
        });
        private final List<String> happened = new ArrayList<>();

        Trouble(GroupBed bed, AvailabilityGroup group, Random random) {
            this.bed = bed;
            this.group = group;
            this.random = random;
        }

        @Override
        public void onEvent(RunEvent event) {
            if (event.type() == RunEvent.Type.STEP_INTENT && random.nextBoolean()) {
                make(event.step().orElse(""));
            }
        }

        private void make(String step) {
            GroupServer who = bed.server(1 + random.nextInt(5));
            String name = who.host.name();
            int kind = random.nextInt(7);
            happened.add(step + " " + name + " " + kind);
            switch (kind) {
                case 0 -> {
                    who.winRm.cutAll();
                    who.instance.server().cutAll();
                }
                case 1 -> passing(on -> group.faults().neverCatchesUp(name, on));
                case 2 -> group.faults().refuses(name, 41142, 2);
                case 3 -> passing(on -> group.faults().failed(name, on));
                case 4 -> passing(on -> group.faults().statementsTake(on ? Duration.ofMillis(200) : Duration.ZERO));
                case 5 -> passing(on -> group.faults().staleViews(name, on));
                default -> who.instance.server().cutAll();
            }
        }

        private interface Fault {
            void set(boolean on);
        }

        private void passing(Fault fault) {
            fault.set(true);
            Future<?> unused =
                    healer.schedule(() -> fault.set(false), 100 + random.nextInt(1500), TimeUnit.MILLISECONDS);
        }

        /** What is to pass passes: the healer's last work is done. */
        void passes() throws InterruptedException {
            healer.shutdown();
            assertThat(healer.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }

        @Override
        public String toString() {
            return happened.toString();
        }
    }
}
