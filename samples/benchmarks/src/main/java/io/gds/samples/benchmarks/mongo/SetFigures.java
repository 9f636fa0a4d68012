package io.gds.samples.benchmarks.mongo;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.Engines;
import io.gds.database.core.Journal;
import io.gds.database.core.RollingPatcher;
import io.gds.database.core.RunOptions;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.Plan;
import io.gds.database.plan.ProbeSettings;
import io.gds.database.run.RunListener;
import io.gds.samples.benchmarks.Figure;
import io.gds.samples.benchmarks.Samples;
import io.gds.samples.mongo.MongodBinaries;
import io.gds.samples.mongo.ReplicaSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A rolling patch of one set, there and back, by the library and by hand in turns: the longest gap of majority writes against that
 * of one bare step-down, and the time that it takes against scripts with the same gates. The set stays the same, so that each pair
 * meets the same machine.
 */
public final class SetFigures {
    private static final String OLD = "6.0.5";
    private static final String NEW = "6.0.27";
    private static final Duration HOLD = Duration.ofSeconds(1);
    private static final int WARM = 200;

    private final int members;
    private final Path directory;

    /** Figures of sets of so many members, with what they write in this directory. */
    public SetFigures(int members, Path directory) {
        this.members = members;
        this.directory = directory;
    }

    /** Measures; each repetition is one of everything. */
    public List<Figure> measure(int repetitions) throws IOException {
        Samples bare = samples("bare step-down, everybody follows the primary, longest write gap, ms");
        Samples lucky = samples("bare step-down, members follow whom they like, longest write gap, ms");
        Samples gap = samples("library, longest write gap of the patch, ms");
        Samples readGap = samples("library, longest read gap of the patch, ms");
        Samples library = samples("library, wall time, ms");
        Samples plain = samples("library without arranging, wall time, ms");
        Samples signal = samples("script by signal, wall time, ms");
        Samples command = samples("script by command, wall time, ms");
        long failed;
        ReplicaSet.sweep();
        try (ReplicaSet set = ReplicaSet.builder(MongodBinaries.find()
                                .orElseThrow(() -> new IllegalStateException(
                                        "no mongod: name a directory by " + MongodBinaries.HOME_VARIABLE)))
                        .version(OLD)
                        .alsoInstalled(NEW)
                        .members(members)
                        .start();
                Library arranging = new Library(set, directory, "arranging", "");
                Library notArranging = new Library(set, directory, "plain", "arrangeSyncSources: false\n");
                RetryingClients clients = new RetryingClients(set)) {
            for (int i = 0; i < repetitions; i++) {
                lucky.add(stepDown(set, clients));
                Followers.ofThePrimary(set);
                bare.add(stepDown(set, clients));

                clients.lap();
                library.add(arranging.patch(NEW));
                clients.awaitSuccesses(WARM);
                gap.add(clients.longestWriteGapMillis());
                readGap.add(clients.longestReadGapMillis());

                signal.add(script(set, PlainScript.Stop.SIGNAL, OLD));
                clients.awaitSuccesses(WARM);
                plain.add(notArranging.patch(NEW));
                clients.awaitSuccesses(WARM);
                command.add(script(set, PlainScript.Stop.COMMAND, OLD));
            }
            failed = clients.failed();
        }
        gap.print(bare);
        lucky.print();
        readGap.print();
        library.print(signal, command);
        plain.print(command);
        return List.of(
                Figure.atMost(name("write gap"), "ms", gap, bare, 0.25),
                Figure.atMost(name("time, by signal"), "ms", library, signal, 0.4),
                Figure.atMost(name("time, by command"), "ms", library, command, 1.6),
                Figure.atMost(name("time, not arranged"), "ms", plain, command, 1.15),
                Figure.bound(name("failed operations"), "", (double) failed, 0));
    }

    private static double stepDown(ReplicaSet set, RetryingClients clients) {
        clients.awaitSuccesses(WARM);
        clients.lap();
        PlainScript.stepDown(set);
        clients.awaitSuccesses(WARM);
        return clients.longestWriteGapMillis();
    }

    private String name(String what) {
        return "mongo-" + members + " " + what;
    }

    private Samples samples(String what) {
        return new Samples("mongo-" + members + " " + what);
    }

    private static double script(ReplicaSet set, PlainScript.Stop stop, String version) {
        long start = System.nanoTime();
        new PlainScript(set, stop, HOLD).run(version);
        return (System.nanoTime() - start) / 1e6;
    }

    /** The library with a spec and a journal of its own. */
    private static final class Library implements AutoCloseable {
        private final Path spec;
        private final Journal journal;
        private final RollingPatcher patcher;

        Library(ReplicaSet set, Path directory, String name, String more) throws IOException {
            spec = directory.resolve(name + ".yaml");
            set.writeSpec(spec);
            Files.writeString(spec, Files.readString(spec) + more);
            journal = Journal.sqlite(directory.resolve(name + ".db"));
            patcher = RollingPatcher.create(journal);
        }

        /** Without the planning, which a script's author has done before. */
        double patch(String version) {
            try (DatabaseEngine engine = Engines.open(spec)) {
                Plan plan = patcher.plan(
                        engine,
                        PatchRequest.to(version).probe(ProbeSettings.off()).stableFor(HOLD));
                long start = System.nanoTime();
                patcher.execute(plan, RunOptions.none(), RunListener.none()).orElseThrow();
                return (System.nanoTime() - start) / 1e6;
            }
        }

        @Override
        public void close() {
            patcher.close();
            journal.close();
        }
    }
}
