package io.gds.engine.mssql.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.core.Journal;
import io.gds.database.core.RollingPatcher;
import io.gds.database.plan.Params;
import io.gds.database.testkit.faults.KillChain;
import io.gds.engine.mssql.fleet.FleetServer.Fate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Two hundred servers, and twenty host programs one after the other that are killed while they patch them. */
@Tag("slow")
class FleetKilledTest {
    private static final Logger LOG = LoggerFactory.getLogger(FleetKilledTest.class);
    private static final int SERVERS = Integer.getInteger("gds.fleet", 200);
    private static final int DEATHS = Integer.getInteger("gds.fleet.deaths", 20);
    /** About two of three servers are scheduled, with four steps each. */
    private static final int EVERY = Math.max(1, SERVERS * 2 / DEATHS);

    @TempDir
    private Path directory;

    @Test
    @Timeout(value = 900, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void everyServerIsPatchedOnceOrReportedAsItIs() throws Exception {
        long seed = System.nanoTime();
        LOG.info("fleet of {}, seed {}", SERVERS, seed);
        AtomicInteger begun = new AtomicInteger(new Random(seed).nextInt(EVERY));
        Path journal = directory.resolve("history.db");
        try (Fleet fleet = new Fleet(directory, SERVERS, seed)) {
            KillChain chain = new KillChain(
                    fleet.spec(),
                    journal,
                    HotfixFaultPatch.class,
                    "run",
                    fleet.mapping().toString(),
                    seed,
                    Duration.ofMillis(500));
            KillChain.End end = troubled(
                    fleet,
                    () -> chain.insideEveryStep(
                            step -> chain.killedAt().size() < DEATHS && begun.incrementAndGet() % EVERY == 0));
            assertThat(chain.killedAt()).hasSize(DEATHS);
            assertThat(end.status()).isEqualTo("PARTIAL");
            isAsReported(fleet, journal);
        }
    }

    private interface Drive {
        KillChain.End go() throws Exception;
    }

    /** Cuts connections meanwhile, of those whose fate it is, from the first setup on: whoever does not answer a planner is left out. */
    private static KillChain.End troubled(Fleet fleet, Drive drive) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        Thread cutter = new Thread(() -> {
            while (!over.get()) {
                if (fleet.servers().stream().anyMatch(s -> s.update.started() > 0)) {
                    fleet.servers().forEach(FleetServer::trouble);
                }
                LockSupport.parkNanos(Duration.ofMillis(700).toNanos());
            }
        });
        cutter.setDaemon(true);
        cutter.start();
        try {
            return drive.go();
        } finally {
            over.set(true);
            cutter.join();
        }
    }

    private static void isAsReported(Fleet fleet, Path file) {
        try (Journal journal = Journal.sqlite(file);
                RollingPatcher patcher = RollingPatcher.create(journal)) {
            List<Params> rows = patcher.runs().rows("hotfix_targets");
            assertThat(rows).hasSize(SERVERS);
            Map<String, Params> told =
                    rows.stream().collect(Collectors.toMap(r -> r.string("server"), Function.identity()));
            for (FleetServer s : fleet.servers()) {
                Params row = told.get(s.address);
                assertThat(row).as(s.address).isNotNull();
                assertThat(row.string("status")).as(s.fate + " " + row).isEqualTo(s.fate.status());
                boolean isNew = s.installed.patchLevel().equals(s.update.version());
                assertThat(isNew)
                        .as(s.fate + " " + row)
                        .isEqualTo(s.fate.status().equals("success")
                                || s.fate == Fate.SCRIPTS_FAIL
                                || s.fate == Fate.UP_TO_DATE);
                boolean starts = !s.fate.status().equals("skipped") && s.fate != Fate.RESTART_FIRST;
                assertThat(s.update.started()).as(s.fate + " " + row).isEqualTo(starts ? 1 : 0);
                assertThat(s.host.unsupported()).isEmpty();
                assertThat(s.instance.refused()).isEmpty();
                assertThat(s.host.files().exists("C:\\ProgramData\\gds\\claim"))
                        .as(s.fate + " " + row)
                        .isFalse();
            }
            assertThat(patcher.runs().rows("hotfix_runs")).hasSize(1);
            assertThat(patcher.runs().servers()).hasSize(SERVERS);
        }
    }
}
