package io.gds.samples.benchmarks.patroni;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.Engines;
import io.gds.database.core.Journal;
import io.gds.database.core.Reports;
import io.gds.database.core.RollingPatcher;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.Plan;
import io.gds.database.plan.PrimaryTurn;
import io.gds.database.plan.ProbeSettings;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.testbed.Bed;
import io.gds.testbed.BedNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

/** A patch by the library, planned and executed, with a journal on disk. */
record LibraryPatch(PrimaryTurn turn, boolean pooler) implements Patch {
    @Override
    public double run(Bed bed, Path details) throws IOException {
        Path dir = Program.directory(details);
        try (Journal journal = Journal.sqlite(dir.resolve("runs.db"));
                RollingPatcher patcher = RollingPatcher.create(journal)) {
            Plan plan;
            try (DatabaseEngine orders = Engines.open(spec(bed, dir))) {
                plan = patcher.plan(
                        orders,
                        PatchRequest.to(bed.newMinor().upstream())
                                .primaryTurn(turn)
                                .probe(ProbeSettings.off())
                                .stableFor(Duration.ZERO));
            }
            long began = System.nanoTime();
            RunOutcome outcome = patcher.execute(plan, RunListener.none());
            double seconds = Patch.secondsSince(began);
            var run = patcher.runs().find(outcome.run()).orElseThrow();
            String report = Reports.text(run.record());
            Files.writeString(details, report + "\n" + timeLine(run.events()) + "\n" + plan.asRunbook());
            if (!outcome.isSuccess()) {
                throw new IllegalStateException(report);
            }
            return seconds;
        }
    }

    private static String timeLine(List<RunEvent> events) {
        StringBuilder out = new StringBuilder();
        for (RunEvent e : events) {
            out.append(e.at()).append(' ').append(e.step().orElse("-")).append(' ');
            out.append(e.type()).append(' ').append(e.data()).append('\n');
        }
        return out.toString();
    }

    private Path spec(Bed bed, Path dir) throws IOException {
        Path secret = dir.resolve("super");
        Files.createFile(secret, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(secret, "super");
        StringBuilder members = new StringBuilder();
        for (BedNode m : bed.members()) {
            members.append("  - {name: ").append(m.name()).append(", host: ").append(m.address());
            members.append(", port: 5432}\n");
        }
        String text =
                """
                engine: postgres
                name: orders
                environment: production
                connection: {database: bench, user: postgres, password: "file:%1$s"}
                patroni: {scope: gds}
                packages: {type: apt}
                shell: {type: ssh, login: %2$s, key: %3$s, knownHosts: %4$s, sudo: true, user: postgres}
                members:
                """
                        .formatted(secret, bed.sshUser(), bed.sshKey(), bed.knownHosts());
        String poolers =
                """
                poolers:
                  - {name: px, host: %1$s, port: 6432, databases: [bench], user: postgres, password: "file:%2$s"}
                """
                        .formatted(bed.proxy().address(), secret);
        return Files.writeString(dir.resolve("orders.yaml"), text + members + (pooler ? poolers : ""));
    }
}
