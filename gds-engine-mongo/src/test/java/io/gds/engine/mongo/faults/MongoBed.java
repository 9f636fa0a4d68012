package io.gds.engine.mongo.faults;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.Engines;
import io.gds.database.core.Journal;
import io.gds.database.core.RollingPatcher;
import io.gds.database.core.RunOptions;
import io.gds.database.plan.ChangeRequest;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.Plan;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.testkit.faults.HostProcess;
import io.gds.database.testkit.faults.KillChain;
import io.gds.samples.mongo.Await;
import io.gds.samples.mongo.MongodBinaries;
import io.gds.samples.mongo.ReplicaSet;
import io.gds.samples.mongo.ReplicaSetBuilder;
import io.gds.samples.mongo.ReplicaSetMember;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.Assumptions;

/** A real replica set with a spec and a journal of its own. */
final class MongoBed implements AutoCloseable {
    static final String OLD = "6.0.5";
    static final String NEW = "6.0.27";
    private static final String BROKEN = "6.0.99";

    private static final MongoFaultPatch PATCH = new MongoFaultPatch();

    private final ReplicaSet set;
    private final Path directory;
    private final Path spec;
    private final Journal journal;
    private final RollingPatcher patcher;

    private MongoBed(ReplicaSet set, Path directory, String more) throws IOException {
        this.set = set;
        this.directory = directory;
        this.spec = directory.resolve("cluster.yaml");
        set.writeSpec(spec);
        Files.writeString(spec, more, StandardOpenOption.APPEND);
        this.journal = Journal.sqlite(journalFile());
        this.patcher = PATCH.patcher(journal);
    }

    static MongodBinaries binaries() {
        var found = MongodBinaries.find();
        Assumptions.assumeTrue(found.isPresent(), "no mongod: name a directory by " + MongodBinaries.HOME_VARIABLE);
        return found.orElseThrow();
    }

    static MongoBed start(UnaryOperator<ReplicaSetBuilder> settings) throws IOException {
        return start(settings, "");
    }

    static MongoBed start(UnaryOperator<ReplicaSetBuilder> settings, String more) throws IOException {
        ReplicaSet.sweep();
        ReplicaSet set = settings.apply(
                        ReplicaSet.builder(binaries()).version(OLD).alsoInstalled(NEW))
                .start();
        return new MongoBed(set, Files.createTempDirectory("gds-mongo-bed-"), more);
    }

    ReplicaSet set() {
        return set;
    }

    /** A version that never starts, laid beside the others. */
    String broken() throws IOException {
        Path broken = Files.createDirectories(set.versionsDir().resolve(BROKEN).resolve("bin"))
                .resolve("mongod");
        Files.writeString(broken, "#!/bin/sh\necho made to fail >&2\nexit 1\n");
        Files.setPosixFilePermissions(broken, PosixFilePermissions.fromString("rwxr-xr-x"));
        return BROKEN;
    }

    RollingPatcher patcher() {
        return patcher;
    }

    DatabaseEngine open() {
        return Engines.open(spec);
    }

    static PatchRequest to(String version) {
        return PATCH.to(version);
    }

    /** The version that no member runs now, of the two. */
    String other() {
        return set.members().get(0).installedVersion().equals(OLD) ? NEW : OLD;
    }

    /** Makes sure that everybody runs the old version. */
    void onOldVersion() {
        if (other().equals(OLD)) {
            patch(to(OLD), RunListener.none()).orElseThrow();
        }
    }

    KillChain chain(String order, String target, long seed) {
        return new KillChain(spec, journalFile(), MongoFaultPatch.class, order, target, seed, Duration.ofMillis(600));
    }

    HostProcess host(String target, String stopAfter) throws IOException {
        return HostProcess.launch(spec, journalFile(), MongoFaultPatch.class, target, stopAfter);
    }

    Path journalFile() {
        return directory.resolve("runs.db");
    }

    Path spec() {
        return spec;
    }

    Plan plan(ChangeRequest request) {
        try (DatabaseEngine engine = open()) {
            return patcher.plan(engine, request);
        }
    }

    RunOutcome patch(ChangeRequest request, RunListener listener) {
        return execute(plan(request), listener);
    }

    RunOutcome execute(Plan plan, RunListener listener) {
        return patcher.execute(plan, RunOptions.none(), listener);
    }

    /** Waits until a server works on a command of this name. */
    void awaitOperation(ReplicaSetMember member, String command) {
        Await.until(
                member + " works on " + command,
                Duration.ofSeconds(30),
                () -> member.run(new Document("currentOp", 1).append("$all", true))
                                .toJson()
                                .contains(command)
                        ? ""
                        : "it does not");
    }

    @Override
    public void close() throws IOException {
        patcher.close();
        journal.close();
        set.close();
        try (Stream<Path> all = Files.walk(directory)) {
            all.sorted(Comparator.reverseOrder()).forEach(p -> p.toFile().delete());
        }
    }
}
