package io.gds.engine.mssql.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.Journal;
import io.gds.database.core.RollingPatcher;
import io.gds.database.gate.Approval;
import io.gds.database.plan.PatchRequest;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.testkit.linux.SystemdUnit;
import io.gds.database.testkit.mssql.GroupEvent;
import io.gds.database.testkit.mssql.GroupSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** One process that patches a bed's group, and what must be true whatever happened meanwhile. */
final class LinuxRun implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    final LinuxBed bed;
    final DatabaseEngine engine;
    final RollingPatcher patcher;
    private final Journal journal;
    private final GroupSettings found;
    private final Map<String, String> moves;
    private final List<String> standby;

    LinuxRun(LinuxBed bed, Path directory) throws IOException {
        this.bed = bed;
        this.found = bed.group.settings();
        this.moves = moves(bed);
        this.standby = standby(bed);
        this.engine = bed.open();
        this.journal = Journal.sqlite(directory.resolve("runs.db"));
        this.patcher = RollingPatcher.create(journal);
    }

    private static Map<String, String> moves(LinuxBed bed) {
        return bed.isClustered() ? bed.cluster().moves() : Map.of();
    }

    private static List<String> standby(LinuxBed bed) {
        return bed.isClustered() ? bed.cluster().inStandby() : List.of();
    }

    static PatchRequest request() {
        return PatchRequest.to(LinuxServer.NEW)
                .memberTimeout(Duration.ofMinutes(1))
                .stableFor(Duration.ofMillis(50));
    }

    RunOutcome run(PatchRequest request, RunListener listener) {
        return patcher.execute(
                patcher.plan(engine, request), RunListener.all(RunListener.printing(System.err), listener));
    }

    RunOutcome back(RunOutcome there) {
        return patcher.rollback(
                there.run(), Approval.by("kim").because("of the test"), RunListener.printing(System.err));
    }

    /** Does something once, when a step's facts have become durable and its effect follows. */
    static RunListener at(String step, Runnable what) {
        return once(RunEvent.Type.STEP_INTENT, step, what);
    }

    /** Does something once, at an event of a step whose name ends so. */
    static RunListener once(RunEvent.Type type, String step, Runnable what) {
        AtomicBoolean done = new AtomicBoolean();
        return event -> {
            if (event.type() == type && event.step().orElse("").endsWith(step) && done.compareAndSet(false, true)) {
                what.run();
            }
        };
    }

    /** What holds however a run ended. */
    void isAsFound() {
        assertThat(bed.group.settings()).isEqualTo(found);
        assertThat(moves(bed)).isEqualTo(moves);
        assertThat(standby(bed)).isEqualTo(standby);
        assertThat(bed.servers())
                .allSatisfy(s -> assertThat(s.service().state()).isEqualTo(SystemdUnit.State.ACTIVE));
        if (bed.isClustered()) {
            assertThat(bed.group.events(GroupEvent.FailoverAsked.class)).allSatisfy(f -> {
                assertThat(f.ready() && !f.forced()).as("%s", f).isTrue();
                assertThat(f.toString()).as("who asked").contains("monitor-ag_cluster-promote");
            });
        }
        for (String table : bed.group.tables("db01")) {
            assertThat(bed.group.lost("db01", table)).isEmpty();
        }
        assertThat(bed.wrong()).isEmpty();
    }

    /** All instances run a version from packages of one release, and the group is in order. */
    void runs(String version, String revision) {
        assertThat(bed.versions().values()).containsOnly(version + " " + version + revision);
        await(bed.group::isHealthy);
    }

    /** Who was to become primary, in that order. */
    List<String> failovers() {
        return bed.group.events(GroupEvent.FailoverAsked.class).stream()
                .map(GroupEvent.FailoverAsked::target)
                .toList();
    }

    /** Waits for a fact of the models. */
    static void await(BooleanSupplier fact) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!fact.getAsBoolean()) {
            assertThat(System.nanoTime()).as("still not").isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    @Override
    public void close() {
        patcher.close();
        journal.close();
        engine.close();
    }
}
