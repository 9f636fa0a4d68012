package io.gds.engine.mongo.wire;

import io.gds.database.spi.PackageManager;
import io.gds.database.version.EngineVersion;
import java.util.List;
import java.util.Optional;

/** Versions of members of a played set. */
final class PlayedPackages implements PackageManager {
    private final FakeSet set;
    private final List<String> available;

    PlayedPackages(FakeSet set, List<String> available) {
        this.set = set;
        this.available = available;
    }

    @Override
    public String describe(String member) {
        return "plays";
    }

    @Override
    public List<EngineVersion> available(String member) {
        return available.stream().map(EngineVersion::parse).toList();
    }

    @Override
    public Optional<EngineVersion> installed(String member) {
        return Optional.of(EngineVersion.parse(set.member(member).installed()));
    }

    @Override
    public void install(String member, EngineVersion version) {
        set.member(member).install(version.toString());
    }

    @Override
    public String programs(String member) {
        return "/opt/mongodb/bin";
    }
}
