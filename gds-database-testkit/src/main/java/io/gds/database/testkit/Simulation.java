package io.gds.database.testkit;

import io.gds.database.core.Engines;
import io.gds.database.core.Journal;
import io.gds.database.core.RunRecord;
import io.gds.database.core.internal.journal.Holder;
import io.gds.database.core.internal.journal.JournalStore;
import io.gds.database.core.internal.journal.SqliteJournal;
import io.gds.database.core.internal.journal.StoredRun;
import io.gds.database.run.RunId;
import io.gds.database.spi.StepHandler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A small world: a clock, a fake cluster, a journal, and processes that drive runs one after another or against each
 * other. Time passes only when somebody moves the clock; runs that wait move it themselves.
 *
 * <p>Thread-safe.
 */
public final class Simulation implements AutoCloseable {
    private static final Engines ENGINES = Engines.load();

    private final SettableClock clock;
    private final FakeCluster cluster;
    private final JournalStore journal;
    private UnaryOperator<FakeEngine> variant = e -> e;
    private final List<StepHandler<FakeEngine>> handlers = new ArrayList<>();
    private int processes;

    private Simulation(SettableClock clock, FakeCluster cluster, JournalStore journal) {
        this.clock = clock;
        this.cluster = cluster;
        this.journal = journal;
    }

    /** A world whose journal is kept in memory; fast. */
    public static Simulation inMemory(SettableClock clock, FakeCluster cluster) {
        return new Simulation(clock, cluster, new MemoryJournal(Path.of("memory")));
    }

    /** A world whose journal is kept in memory, while files that belong beside it go to a directory. */
    public static Simulation inMemory(SettableClock clock, FakeCluster cluster, Path directory) {
        return new Simulation(clock, cluster, new MemoryJournal(directory.resolve("memory")));
    }

    /** A world whose journal is an SQLite file, as in real life. */
    public static Simulation onSqlite(SettableClock clock, FakeCluster cluster, Path file) {
        return new Simulation(clock, cluster, new SqliteJournal(file));
    }

    /** Every engine that processes open is changed so; for engines that are wrong on purpose. */
    Simulation variant(UnaryOperator<FakeEngine> change) {
        this.variant = change;
        return this;
    }

    /** Adds a handler of an action of the test's own; before any process is made. */
    public Simulation handler(StepHandler<FakeEngine> more) {
        handlers.add(more);
        return this;
    }

    /** The clock of all processes. */
    public SettableClock clock() {
        return clock;
    }

    /** The cluster as it really is. */
    public FakeCluster cluster() {
        return cluster;
    }

    JournalStore store() {
        return journal;
    }

    /** A process that lives as long as it is needed. Processes of one simulation share a host. */
    public SimulatedProcess process() {
        return process(Mishaps.none(), "host");
    }

    /** A process that dies at a point of its life. */
    public SimulatedProcess processThatDies(CrashPoint end) {
        return process(Mishaps.dieAt(end), "host");
    }

    synchronized SimulatedProcess process(Mishaps mishaps, String host) {
        processes++;
        // no process has such a number, so whoever comes next on this host can prove that this one is gone
        Holder self = new Holder("p" + processes, host + "/simulated", Integer.MAX_VALUE - processes, 1);
        Journal seen = Core.seams().journal(new MishapJournal(journal, mishaps, self));
        Engines engines = ENGINES.with(new FakeProvider(cluster, mishaps, variant, handlers));
        return new SimulatedProcess(clock, mishaps, seen, engines, "r" + processes);
    }

    /** Runs so far, newest first. */
    public List<RunId> runs() {
        return journal.list(List.of(), Integer.MAX_VALUE).stream()
                .map(StoredRun::run)
                .toList();
    }

    /** All that the journal knows of a run. */
    public RunRecord record(RunId run) {
        StoredRun r = journal.find(run).orElseThrow();
        return new RunRecord(run, journal.plan(run), r.status(), r.createdAt(), journal.events(run, 0));
    }

    /** What a run has claimed and not given back. */
    public List<String> claims(RunId run) {
        return journal.claims(run);
    }

    @Override
    public void close() {
        journal.close();
    }
}
