package io.gds.engine.postgres.faults;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.Engines;
import io.gds.database.core.Journal;
import io.gds.database.core.RollingPatcher;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.Plan;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.testkit.faults.HostProcess;
import io.gds.database.testkit.faults.KillChain;
import io.gds.engine.postgres.Scratch;
import io.gds.samples.embedded.EmbeddedCluster;
import io.gds.samples.embedded.EmbeddedClusterBuilder;
import io.gds.samples.embedded.Member;
import io.gds.samples.embedded.PostgresBinaries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** A cluster with a spec and a journal of its own. */
final class Bed implements AutoCloseable {
    static final String OLD = "17.9";
    static final String NEW = "17.11";

    private final EmbeddedCluster cluster;
    private final Scratch directory;
    private final Path spec;
    private final Journal journal;
    private final RollingPatcher patcher;
    private WriteLoad load;

    private Bed(EmbeddedCluster cluster, Scratch directory) {
        this.cluster = cluster;
        this.directory = directory;
        this.spec = directory.resolve("cluster.yaml");
        cluster.writeSpec(spec);
        this.journal = Journal.sqlite(directory.resolve("runs.db"));
        this.patcher = Patches.patcher(journal);
    }

    /** Three members on the old version, the new one installed beside it. */
    static Bed start() throws IOException {
        return start(b -> b.version(OLD).alsoInstalled(NEW));
    }

    static Bed start(UnaryOperator<EmbeddedClusterBuilder> settings) throws IOException {
        EmbeddedCluster.sweep();
        Scratch directory = Scratch.of("gds-faults-");
        // a name of its own: clones are found by their cluster's name
        String name = directory.path().getFileName().toString().replaceAll("[^A-Za-z0-9-]", "");
        EmbeddedCluster cluster = settings.apply(
                        EmbeddedCluster.builder(PostgresBinaries.find()).name(name))
                .start();
        return new Bed(cluster, directory);
    }

    /** A new write load; an earlier one, of a test that failed, ends. */
    WriteLoad writeLoad() throws SQLException {
        if (load != null) {
            load.close();
        }
        load = WriteLoad.start(cluster);
        return load;
    }

    EmbeddedCluster cluster() {
        return cluster;
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

    /** The version that no member runs now, of the two. */
    String other() {
        return cluster.member("n1").installedVersion().equals(OLD) ? NEW : OLD;
    }

    /** Makes sure that everybody runs the old version, and gives the new one. */
    String onOldVersion() {
        if (other().equals(OLD)) {
            patch(Patches.to(OLD), RunListener.none()).orElseThrow();
        }
        return NEW;
    }

    Plan plan(PatchRequest request) {
        try (DatabaseEngine engine = open()) {
            return patcher.plan(engine, request);
        }
    }

    RunOutcome patch(PatchRequest request, RunListener listener) {
        return execute(plan(request), listener);
    }

    RunOutcome execute(Plan plan, RunListener listener) {
        return patcher.execute(plan, Patches.downgradesToo(), listener);
    }

    /** The members in the order in which the plan stops them: the canary first, the primary last. */
    List<Member> order(Plan plan) {
        return plan.steps().stream()
                .filter(s -> s.action().toString().equals("member.stop@1"))
                .map(s -> cluster.member(s.params().string("member")))
                .toList();
    }

    KillChain chain(String order, String target, long seed) {
        return new KillChain(spec, journal(), PostgresFaultPatch.class, order, target, seed, Duration.ofMillis(300));
    }

    HostProcess host(String target, String stopAfter) throws IOException {
        return HostProcess.launch(spec, journal(), PostgresFaultPatch.class, target, stopAfter);
    }

    /** What the host processes wrote to their standard error, for failures. */
    List<String> hostLog() throws IOException {
        Path log = Path.of(journal() + ".hosts.log");
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    @Override
    public void close() throws IOException {
        if (load != null) {
            load.close();
        }
        patcher.close();
        journal.close();
        cluster.close();
        directory.close();
    }
}
