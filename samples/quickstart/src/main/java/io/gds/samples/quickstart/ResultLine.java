package io.gds.samples.quickstart;

import io.gds.database.core.Journal;
import io.gds.database.core.RollingPatcher;
import io.gds.database.core.RunView;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunStatus;
import io.gds.database.run.WriteReport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The last line: one JSON object, from the journal alone. */
final class ResultLine {
    private ResultLine() {}

    static int print(Arguments a, Versions versions) {
        try (Journal journal = Journal.sqlite(a.journal());
                RollingPatcher patcher = RollingPatcher.create(journal)) {
            RunView run = patcher.runs().list().stream()
                    .map(line -> patcher.runs().find(line.run()).orElseThrow())
                    .filter(v -> v.plan().kind().equals("rolling-patch"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no patch was run; read the lines above"));
            List<RunEvent> events = run.events();
            WriteReport w = events.stream()
                    .filter(e -> e.type() == RunEvent.Type.PROBE_REPORT)
                    .reduce((first, second) -> second)
                    .map(e -> WriteReport.fromDocument(e.data().object("report")))
                    .orElseThrow(() -> new IllegalStateException("no report of the probe; read the lines above"));
            Instant end = events.get(events.size() - 1).at();
            double seconds = Duration.between(run.createdAt(), end).toMillis() / 1000.0;
            System.out.printf(
                    java.util.Locale.ROOT,
                    "{\"status\":\"%s\",\"from\":\"%s\",\"to\":\"%s\",\"members\":%d,\"acknowledged\":%d,\"lost\":%d,"
                            + "\"failed\":%d,\"writeGapMs\":%d,\"runSeconds\":%.1f,\"report\":\"%s\"}%n",
                    run.status(),
                    versions.from(),
                    versions.to(),
                    a.members(),
                    w.acknowledged(),
                    w.lost(),
                    w.failed(),
                    w.longestGap().toMillis(),
                    seconds,
                    relative(a.report()));
            return run.status() == RunStatus.SUCCEEDED && w.lost() == 0 ? 0 : 1;
        }
    }

    private static Path relative(Path p) {
        Path here = Path.of("").toAbsolutePath();
        Path there = p.toAbsolutePath().normalize();
        return there.startsWith(here) ? here.relativize(there) : there;
    }
}
