package io.gds.database.core.internal.probe;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.internal.run.Availability;
import io.gds.database.core.internal.run.RunState;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.plan.Step;
import io.gds.database.run.RunId;
import io.gds.database.run.WriteReport;
import io.gds.database.spi.ProbeTable;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The probes of one patcher: at most one session per run. Thread-safe. */
public final class Probes {
    /** The step that opens the probe. */
    public static final String OPEN = "probe.open";

    /** The step that closes the probe. */
    public static final String CLOSE = "probe.close";

    private final Path journal;
    private final Clock clock;
    private final Map<RunId, RunProbe> byRun = new ConcurrentHashMap<>();

    /** Probes whose ledgers lie beside a journal. */
    public Probes(Path journal, Clock clock) {
        this.journal = journal;
        this.clock = clock;
    }

    /** The table of a run's probe. */
    public static String table(RunId run) {
        return "gds_probe_" + run.value().replace('-', '_');
    }

    private Path ledgers(RunId run) {
        return journal.resolveSibling(journal.getFileName() + ".ledgers").resolve(run.value());
    }

    /** The probe of a run that this process is about to drive. */
    public Availability open(RunId run, DatabaseEngine engine) {
        RunProbe probe = new RunProbe(run, engine);
        byRun.put(run, probe);
        return probe;
    }

    /** Stops writing and proves every acknowledged write against the live table. */
    public WriteReport conclude(RunId run, DatabaseEngine engine, ProbeTable table, Params stepParams) {
        RunProbe probe = byRun.get(run);
        if (probe != null) {
            probe.close();
        }
        ProbeTerms terms = ProbeTerms.of(stepParams);
        ProbeReport report = new ProbeReport(LedgerReader.read(ledgers(run)), terms);
        WriteReport proven = report.prove(client -> table.client(table(run), client));
        if (probe != null) {
            probe.report.set(report.document(proven));
        }
        return proven;
    }

    /** Puts ledgers whose writes were proven aside; idempotent. */
    public void archive(RunId run) {
        LedgerReader.archive(ledgers(run));
    }

    private final class RunProbe implements Availability {
        private final RunId run;
        private final DatabaseEngine engine;
        private final AtomicReference<@Nullable Params> report = new AtomicReference<>();
        private volatile @Nullable ProbeSession session;

        RunProbe(RunId run, DatabaseEngine engine) {
            this.run = run;
            this.engine = engine;
        }

        @Override
        public void follow(RunState state) {
            Optional<Step> opener = state.plan().steps().stream()
                    .filter(s -> s.action().name().equals(OPEN))
                    .findFirst();
            boolean wanted = opener.filter(state::isOpen).isPresent();
            if (wanted && session == null) {
                engine.facet(ProbeTable.class)
                        .ifPresent(t -> session = new ProbeSession(
                                engine,
                                t,
                                table(run),
                                ledgers(run),
                                state.epoch(),
                                ProbeTerms.of(opener.get().params()),
                                clock));
            } else if (!wanted) {
                stop();
            }
        }

        @Override
        public Optional<Finding> breach() {
            ProbeSession s = session;
            return s == null ? Optional.empty() : s.breach();
        }

        @Override
        public Optional<Params> takeReport() {
            return Optional.ofNullable(report.getAndSet(null));
        }

        private void stop() {
            ProbeSession s = session;
            if (s != null) {
                s.close();
            }
        }

        @Override
        public void close() {
            stop();
        }
    }
}
