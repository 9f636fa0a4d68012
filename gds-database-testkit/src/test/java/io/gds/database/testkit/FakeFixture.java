package io.gds.database.testkit;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.Journal;
import io.gds.database.core.RollingPatcher;
import io.gds.database.version.EngineVersion;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** The fake as its author would present it to the contract. */
final class FakeFixture implements EngineFixture {
    private final SettableClock clock = new SettableClock();
    private final FakeCluster cluster = FakeCluster.of("orders", 3, "1.0", clock);
    private final Simulation world;
    private final SimulatedProcess process;
    private final DatabaseEngine engine;
    private final Journal journal;

    FakeFixture(UnaryOperator<FakeEngine> variant, Journal journal) {
        cluster.abilities()
                .restartsInPlace(Stories.RESTART_IS_SHORTER, Stories.RESTART_IS_SHORTER)
                .downloads();
        this.world = Simulation.inMemory(clock, cluster).variant(variant);
        this.process = world.process();
        this.engine = process.open(cluster.reference());
        this.journal = journal;
    }

    @Override
    public DatabaseEngine engine() {
        return engine;
    }

    @Override
    public RollingPatcher patcher() {
        return process.patcher();
    }

    @Override
    public Journal journal() {
        return journal;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public void pass(Duration time) {
        clock.advance(time);
    }

    @Override
    public List<String> members() {
        return cluster.names();
    }

    @Override
    public Optional<EngineVersion> running(String member) {
        return cluster.running(member);
    }

    @Override
    public String primary() {
        return String.join("+", cluster.primaries());
    }

    @Override
    public boolean isWritable() {
        return cluster.isWritable();
    }

    @Override
    public OptionalLong promotions() {
        return OptionalLong.of(cluster.effects().stream()
                .filter(e -> e.kind() == Effect.Kind.PROMOTED)
                .count());
    }

    @Override
    public Optional<String> incarnation(String member) {
        return cluster.effects().stream()
                .filter(e -> e.subject().equals(member))
                .filter(e -> e.kind() == Effect.Kind.STARTED || e.kind() == Effect.Kind.RESTARTED)
                .map(e -> "started by effect " + e.number())
                .reduce((a, b) -> b)
                .or(() -> Optional.of("as found"));
    }

    @Override
    public void kill(String member) {
        cluster.kill(member);
    }

    @Override
    public void restart(String member) {
        cluster.restart(member);
    }

    @Override
    public EngineVersion target() {
        return EngineVersion.parse("1.1");
    }

    @Override
    public void close() {
        process.close();
        world.close();
    }
}
