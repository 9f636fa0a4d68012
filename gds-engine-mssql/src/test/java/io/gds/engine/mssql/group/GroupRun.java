package io.gds.engine.mssql.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.Journal;
import io.gds.database.core.RollingPatcher;
import io.gds.database.gate.Approval;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.Plan;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.testkit.mssql.AvailabilityGroup;
import io.gds.database.testkit.mssql.GroupEvent;
import io.gds.database.testkit.mssql.GroupSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** One process that patches a bed's groups, and what must be true whatever happened meanwhile. */
final class GroupRun implements AutoCloseable {
    static final String PROBED = "application: {database: db01}";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    final GroupBed bed;
    final DatabaseEngine engine;
    final RollingPatcher patcher;
    private final Journal journal;
    private final List<GroupSettings> found;

    GroupRun(GroupBed bed, Path directory, String... more) throws IOException {
        this.bed = bed;
        this.found = bed.groups().stream().map(AvailabilityGroup::settings).toList();
        String[] lines = new String[more.length + 1];
        lines[0] = PROBED;
        System.arraycopy(more, 0, lines, 1, more.length);
        this.engine = bed.open(lines);
        this.journal = Journal.sqlite(directory.resolve("runs.db"));
        this.patcher = RollingPatcher.create(journal);
    }

    static PatchRequest request() {
        return PatchRequest.to(GroupServer.NEW)
                .memberTimeout(Duration.ofMinutes(1))
                .stableFor(Duration.ofMillis(50));
    }

    RunOutcome run(PatchRequest request, RunListener listener) {
        Plan plan = patcher.plan(engine, request);
        return patcher.execute(plan, RunListener.all(RunListener.printing(System.err), listener));
    }

    RunOutcome back(RunOutcome there) {
        return patcher.rollback(
                there.run(), Approval.by("kim").because("of the test"), RunListener.printing(System.err));
    }

    /** Does something once, when a step's facts have become durable and its effect follows. */
    static RunListener at(String step, Runnable what) {
        AtomicBoolean done = new AtomicBoolean();
        return event -> {
            if (event.type() == RunEvent.Type.STEP_INTENT
                    && event.step().filter(s -> s.endsWith(step)).isPresent()
                    && done.compareAndSet(false, true)) {
                what.run();
            }
        };
    }

    /** What holds however a run ended: no failover that could lose anything, every setting as found, nothing left on hosts. */
    void isAsFound() {
        assertThat(bed.groups().stream().map(AvailabilityGroup::settings).toList())
                .isEqualTo(found);
        for (AvailabilityGroup g : bed.groups()) {
            assertThat(g.events(GroupEvent.FailoverAsked.class))
                    .allSatisfy(f ->
                            assertThat(f.ready() && !f.forced()).as("%s", f).isTrue());
            assertThat(g.primary()).isPresent();
        }
        assertThat(bed.servers()).allSatisfy(s -> assertThat(s.isClean()).isTrue());
        assertThat(bed.unknown()).isEmpty();
    }

    /** All instances run a version, and all groups are in order. */
    void runs(String version) {
        assertThat(bed.versions().values()).containsOnly(version);
        assertThat(bed.groups()).allSatisfy(g -> assertThat(g.isHealthy()).isTrue());
    }

    /** How long commits had to wait at most, failovers aside. */
    Duration longestWait() {
        Duration longest = Duration.ZERO;
        for (AvailabilityGroup g : bed.groups()) {
            Map<String, Instant> blocked = new HashMap<>();
            for (GroupEvent e : g.events()) {
                if (e instanceof GroupEvent.PrimaryChanged) {
                    blocked.clear();
                } else if (e instanceof GroupEvent.CommitBlocked b) {
                    blocked.putIfAbsent(b.database(), b.at());
                } else if (e instanceof GroupEvent.CommitReleased r && blocked.containsKey(r.database())) {
                    Duration waited = Duration.between(blocked.remove(r.database()), r.at());
                    longest = waited.compareTo(longest) > 0 ? waited : longest;
                }
            }
        }
        return longest;
    }

    /** Commits that waited for a replica whose data we had stopped. */
    List<GroupEvent> blockedByUs() {
        List<GroupEvent> out = new ArrayList<>();
        for (AvailabilityGroup g : bed.groups()) {
            Set<String> suspended = new TreeSet<>();
            for (GroupEvent e : g.events()) {
                if (e instanceof GroupEvent.Suspended s) {
                    suspended.add(s.replica());
                } else if (e instanceof GroupEvent.Resumed r) {
                    suspended.remove(r.replica());
                } else if (e instanceof GroupEvent.CommitBlocked b
                        && b.becauseOf().stream().anyMatch(suspended::contains)) {
                    out.add(b);
                }
            }
        }
        return out;
    }

    /** Failovers that were asked for. */
    List<String> failovers() {
        List<String> out = new ArrayList<>();
        bed.groups().forEach(g -> g.events(GroupEvent.FailoverAsked.class)
                .forEach(f -> out.add(g.name() + " to " + f.target())));
        return out;
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
