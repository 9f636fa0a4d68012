package io.gds.database.testkit;

import io.gds.database.EngineMetadata;
import io.gds.database.version.EngineVersion;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Metadata of the fake. */
record FakeMetadata(String name, EngineVersion version, String host, Status status) implements EngineMetadata {
    static FakeMetadata of(FakeCluster c) {
        String primary =
                c.primaries().isEmpty() ? c.names().get(0) : c.primaries().get(0);
        boolean all = c.names().stream().noneMatch(c::isDown);
        return new FakeMetadata(
                c.name(),
                c.running(primary).orElse(c.installed(primary)),
                primary + ".fake",
                c.primaries().isEmpty() ? Status.UNAVAILABLE : all ? Status.AVAILABLE : Status.DEGRADED);
    }

    @Override
    public String edition() {
        return "fake";
    }

    @Override
    public int port() {
        return 1000;
    }

    @Override
    public Optional<Instant> createdAt() {
        return Optional.empty();
    }

    @Override
    public Optional<Instant> decommissionedAt() {
        return Optional.empty();
    }

    @Override
    public Map<String, String> attributes() {
        return Map.of();
    }
}
