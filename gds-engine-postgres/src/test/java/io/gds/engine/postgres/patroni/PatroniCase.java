package io.gds.engine.postgres.patroni;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.Engines;
import io.gds.database.core.Journal;
import io.gds.database.core.RollingPatcher;
import io.gds.database.core.RunOptions;
import io.gds.database.gate.Approval;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.Plan;
import io.gds.database.plan.ProbeSettings;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.engine.postgres.Scratch;
import io.gds.testbed.Bed;
import io.gds.testbed.BedNode;
import io.gds.testbed.PackageVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** A bed with a cluster spec and a journal. */
final class PatroniCase implements AutoCloseable {
    private final Scratch directory;
    private final Path spec;
    private final Journal journal;
    private final RollingPatcher patcher;

    private PatroniCase(Scratch directory, Path spec) {
        this.directory = directory;
        this.spec = spec;
        this.journal = Journal.sqlite(directory.resolve("runs.db"));
        this.patcher =
                RollingPatcher.builder(journal).leaseTime(Duration.ofSeconds(5)).build();
    }

    /** The cluster as an operator would describe it. */
    static PatroniCase of(Bed bed, UnaryOperator<String> more) {
        try {
            Scratch directory = Scratch.of("gds-patroni-");
            Path spec = directory.resolve("cluster.yaml");
            Path secret = directory.resolve("super");
            Files.createFile(
                    secret, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(secret, "super");
            Files.writeString(spec, text(bed, directory) + more.apply("file:" + secret));
            return new PatroniCase(directory, spec);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Bed bed, Scratch directory) {
        StringBuilder out = new StringBuilder("engine: postgres\nname: orders\nenvironment: production\n");
        out.append("connection: {database: bench, user: postgres, password: \"file:")
                .append(directory.resolve("super"))
                .append("\"}\nmembers:\n");
        for (BedNode n : bed.members()) {
            out.append("  - {name: ")
                    .append(n.name())
                    .append(", host: ")
                    .append(n.address())
                    .append(", port: 5432}\n");
        }
        out.append("patroni: {scope: gds}\n")
                .append("packages: {type: apt}\n")
                .append("shell: {type: ssh, login: ")
                .append(bed.sshUser())
                .append(", key: ")
                .append(bed.sshKey())
                .append(", knownHosts: ")
                .append(bed.knownHosts())
                .append(", sudo: true, user: postgres}\n");
        return out.toString();
    }

    /** A list of one pooler: the bed's PgBouncer. */
    static UnaryOperator<String> pooler(Bed bed) {
        return password -> "poolers:\n  - {name: px, host: " + bed.proxy().address()
                + ", port: 6432, databases: [bench], user: postgres, password: \"" + password + "\"}\n";
    }

    /** Words the spec differently. */
    PatroniCase replacing(String text, String by) {
        try {
            String before = Files.readString(spec);
            if (!before.contains(text)) {
                throw new IllegalArgumentException(text + " is not in " + before);
            }
            Files.writeString(spec, before.replace(text, by));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path spec() {
        return spec;
    }

    Path journal() {
        return directory.resolve("runs.db");
    }

    RollingPatcher patcher() {
        return patcher;
    }

    DatabaseEngine open() {
        return Engines.open(spec);
    }

    static PatchRequest to(PackageVersion version) {
        return PatchRequest.to(version.upstream())
                .stableFor(Duration.ofMillis(200))
                .memberTimeout(Duration.ofMinutes(2))
                .probe(ProbeSettings.defaults().every(Duration.ofMillis(20)));
    }

    Plan plan(PatchRequest request) {
        try (DatabaseEngine engine = open()) {
            return patcher.plan(engine, request);
        }
    }

    RunOutcome execute(Plan plan, RunListener listener) {
        return patcher.execute(
                plan,
                RunOptions.none().acknowledge("PG-DOWNGRADE", Approval.by("kim").because("bed suite")),
                listener);
    }

    @Override
    public void close() {
        patcher.close();
        journal.close();
        directory.close();
    }
}
