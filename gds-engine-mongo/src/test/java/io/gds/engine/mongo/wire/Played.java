package io.gds.engine.mongo.wire;

import io.gds.database.core.Engines;
import io.gds.database.core.Journal;
import io.gds.database.core.RollingPatcher;
import io.gds.database.core.RunOptions;
import io.gds.database.gate.Approval;
import io.gds.database.plan.ChangeRequest;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.Plan;
import io.gds.database.plan.ProbeSettings;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunId;
import io.gds.database.run.RunOutcome;
import io.gds.database.run.WriteReport;
import io.gds.database.spi.RollingVerbs;
import io.gds.database.spi.StepHandler;
import io.gds.engine.mongo.internal.MongoCluster;
import io.gds.engine.mongo.internal.MongoEngine;
import io.gds.engine.mongo.internal.steps.MongoActions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A played set with the real engine, the real driver and the real patcher on it. */
final class Played implements AutoCloseable {
    /** What the vendor says about the way back behind a change of compatibility. */
    private static final RunOptions SEEN =
            RunOptions.none().acknowledge("MONGO-WAY-BACK", Approval.by("kim").because("a test"));

    private final FakeSet set;
    private final Clock clock;
    private final Engines engines;
    private final MongoEngine engine;
    private final List<RunEvent> events = new CopyOnWriteArrayList<>();

    Played(FakeSet set, Clock clock, String... versions) {
        this.set = set;
        this.clock = clock;
        this.engines =
                Engines.load().with(new PlayedProvider(set, List.of(versions))).clock(clock);
        this.engine = (MongoEngine) engines.open(engines.read(spec(), "played.yaml"));
    }

    /** Three members of one priority, on a version; m1 leads. */
    static FakeSet three(String version, Clock clock) {
        return new FakeSet("rs0", version, clock)
                .member("m1", 1)
                .member("m2", 1)
                .member("m3", 1);
    }

    private String spec() {
        StringBuilder out = new StringBuilder("engine: ")
                .append(PlayedProvider.ID)
                .append("\nname: orders\nreplicaSet: ")
                .append(set.name())
                .append(
                        "\nenvironment: test\narrangeSyncSources: false\nshell: {type: played}\npackages: {type: played}\n")
                .append("connection: {connectTimeout: PT2S}\nmembers:\n");
        for (FakeMember m : set.members()) {
            out.append("  - {name: ")
                    .append(m.name())
                    .append(", host: 127.0.0.1, port: ")
                    .append(m.port())
                    .append(", configFile: ")
                    .append(PlayedHost.configFile(m.name()))
                    .append("}\n");
        }
        return out.toString();
    }

    MongoEngine engine() {
        return engine;
    }

    FakeSet set() {
        return set;
    }

    RollingVerbs verbs() {
        return engine.facet(RollingVerbs.class).orElseThrow();
    }

    PlayedStep step(String action) {
        return new PlayedStep(engine, clock, action);
    }

    static StepHandler<MongoCluster> handler(String action) {
        return MongoActions.handlers().stream()
                .filter(h -> h.action().toString().equals(action))
                .findFirst()
                .orElseThrow();
    }

    /** A patch without canary, soak and probe. */
    static PatchRequest to(String version) {
        return PatchRequest.to(version)
                .stableFor(Duration.ZERO)
                .memberTimeout(Duration.ofSeconds(30))
                .probe(ProbeSettings.off());
    }

    Plan plan(ChangeRequest request, Path directory) {
        return with(directory, p -> p.plan(engine, request));
    }

    RunOutcome run(ChangeRequest request, Path directory) {
        return run(request, directory, e -> {});
    }

    /** Plans and runs; everybody who is told of events may interfere. */
    RunOutcome run(ChangeRequest request, Path directory, Consumer<RunEvent> meanwhile) {
        return with(
                directory,
                p -> p.execute(p.plan(engine, request), SEEN, e -> {
                    events.add(e);
                    meanwhile.accept(e);
                }));
    }

    /** Takes a run back, by request. */
    RunOutcome rollback(RunId run, Path directory) {
        return with(directory, p -> p.rollback(run, Approval.by("kim").because("a test"), events::add));
    }

    /** What the availability probe found. */
    WriteReport writes() {
        return events.stream()
                .filter(e -> e.type() == RunEvent.Type.PROBE_REPORT)
                .map(e -> WriteReport.fromDocument(e.data().object("report")))
                .findFirst()
                .orElseThrow();
    }

    /** What a step waited for, in words. */
    List<String> waits(String step) {
        return events.stream()
                .filter(e -> e.type() == RunEvent.Type.WAITING)
                .filter(e -> e.step().filter(step::equals).isPresent())
                .map(e -> e.data().toString())
                .toList();
    }

    private interface Use<T> {
        T of(RollingPatcher patcher);
    }

    private <T> T with(Path directory, Use<T> use) {
        try (Journal journal = Journal.sqlite(directory.resolve("runs.db"));
                RollingPatcher patcher = RollingPatcher.builder(journal)
                        .engines(engines)
                        .clock(clock)
                        .build()) {
            return use.of(patcher);
        }
    }

    @Override
    public void close() {
        engine.close();
        set.close();
    }
}
