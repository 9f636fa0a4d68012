package io.gds.engine.postgres.internal.pooler;

import io.gds.database.ReplicationAdmin;
import io.gds.database.core.Engines;
import io.gds.database.plan.Params;
import io.gds.database.spi.StepHandler;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.config.PoolerSpec;
import io.gds.engine.postgres.internal.control.Spin;
import io.gds.samples.embedded.EmbeddedCluster;
import io.gds.samples.embedded.PostgresBinaries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Two servers, the engine that administers them, and poolers in front. */
final class PoolerBed implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    final EmbeddedCluster cluster;
    final Path specFile;
    final PostgresEngine engine;
    private final List<PgBouncer> poolers = new ArrayList<>();

    PoolerBed(String name) {
        PgBouncer.assumeInstalled();
        cluster = EmbeddedCluster.builder(PostgresBinaries.find())
                .version("17.11")
                .members(2)
                .name(name)
                .start();
        specFile = cluster.workDir().resolve(name + ".yaml");
        cluster.writeSpec(specFile);
        engine = (PostgresEngine) Engines.open(specFile);
    }

    PgBouncer pooler(String name) throws Exception {
        return pooler(name, ini -> ini);
    }

    PgBouncer pooler(String name, UnaryOperator<String> ini) throws Exception {
        PgBouncer made = PgBouncer.start(cluster, name, ini);
        poolers.add(made);
        return made;
    }

    static StepHandler<PostgresEngine> pause(List<PoolerSpec> specs) {
        return PoolerActions.handlers(e -> specs, Leader::of).get(0);
    }

    static StepHandler<PostgresEngine> resume(List<PoolerSpec> specs) {
        return PoolerActions.handlers(e -> specs, Leader::of).get(1);
    }

    /** Pauses as a step of a run; its facts. */
    Params pause(String key, PoolerSpec... specs) throws Exception {
        return StepInHand.run(pause(List.of(specs)), StepInHand.opener(engine, key));
    }

    /** Resumes as the step that closes the bracket. */
    void resume(Params opener, PoolerSpec... specs) throws Exception {
        StepInHand.run(resume(List.of(specs)), StepInHand.closer(engine, opener));
    }

    void switchOver(String to) {
        engine.facet(ReplicationAdmin.class).orElseThrow().failover(to);
    }

    PoolerDatabase row(PoolerSpec spec, String database) {
        try (PgBouncerConsole console =
                PgBouncerConsole.open(spec, engine.context().secrets())) {
            return console.databases().stream()
                    .filter(d -> d.name().equals(database))
                    .findFirst()
                    .orElseThrow();
        }
    }

    boolean isPaused(PoolerSpec spec, String database) {
        return row(spec, database).paused();
    }

    static void await(String what, Spin.Fact<Exception> fact) throws Exception {
        if (!Spin.until(fact, LIMIT)) {
            throw new AssertionError("not within " + LIMIT + ": " + what);
        }
    }

    /** What timers of these poolers have left on this host. */
    List<String> tokens() {
        return poolers.stream()
                .map(p -> new Pooler(engine, p.spec()).timer("").orElseThrow().directory())
                .filter(d -> Files.exists(Path.of(d)))
                .toList();
    }

    @Override
    public void close() {
        for (PgBouncer p : poolers) {
            p.close();
        }
        engine.close();
        cluster.close();
    }
}
