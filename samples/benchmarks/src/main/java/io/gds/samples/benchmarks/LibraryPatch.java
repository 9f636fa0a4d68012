package io.gds.samples.benchmarks;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.Engines;
import io.gds.database.core.Journal;
import io.gds.database.core.Reports;
import io.gds.database.core.RollingPatcher;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.Plan;
import io.gds.database.plan.ProbeSettings;
import io.gds.database.plan.Strategy;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.run.WriteReport;
import io.gds.samples.embedded.EmbeddedCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** One patch by the library, with a journal on disk. */
final class LibraryPatch implements AutoCloseable {
    private final Journal journal;
    private final RollingPatcher patcher;
    private final Plan plan;

    LibraryPatch(EmbeddedCluster cluster, Path dir, ProbeSettings probe, Duration stableFor) {
        Path spec = dir.resolve("orders.yaml");
        cluster.writeSpec(spec);
        journal = Journal.sqlite(dir.resolve("runs.db"));
        patcher = RollingPatcher.create(journal);
        try (DatabaseEngine orders = Engines.open(spec)) {
            plan = patcher.plan(
                    orders,
                    PatchRequest.to(Bed.TO)
                            .strategy(Strategy.rolling())
                            .probe(probe)
                            .stableFor(stableFor));
        }
    }

    Plan plan() {
        return plan;
    }

    /** Executes and says how long it took, in milliseconds. */
    double run(Path details) throws IOException {
        long start = System.nanoTime();
        RunOutcome outcome = patcher.execute(plan, RunListener.none());
        long took = System.nanoTime() - start;
        String report =
                Reports.text(patcher.runs().find(outcome.run()).orElseThrow().record());
        StringBuilder text = new StringBuilder(report).append('\n');
        patcher.runs().find(outcome.run()).orElseThrow().events().forEach(e -> text.append(e.at())
                .append(' ')
                .append(e.step().orElse("-"))
                .append(' ')
                .append(e.type())
                .append('\n'));
        Files.writeString(details, text);
        if (!outcome.isSuccess()) {
            throw new IllegalStateException(report);
        }
        return Bed.millis(took);
    }

    /** The longest gap that the library's own probe saw in the last run. */
    double ownGap() {
        return patcher.runs().list().stream()
                .flatMap(l -> patcher.runs().find(l.run()).orElseThrow().events().stream())
                .filter(e -> e.type() == RunEvent.Type.PROBE_REPORT)
                .map(e -> WriteReport.fromDocument(e.data().object("report")))
                .mapToDouble(w -> w.longestGap().toNanos() / 1e6)
                .max()
                .orElse(Double.NaN);
    }

    @Override
    public void close() {
        patcher.close();
        journal.close();
    }
}
