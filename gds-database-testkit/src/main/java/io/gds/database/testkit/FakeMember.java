package io.gds.database.testkit;

import io.gds.database.version.EngineVersion;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One member as it really is. Mutable; guarded by its cluster. */
final class FakeMember {
    final String name;
    EngineVersion installed;

    @Nullable
    EngineVersion running;

    final Set<EngineVersion> fetched = new HashSet<>();
    boolean primary;
    boolean stoppedByUs;
    boolean crashedInReplay;
    Instant caughtUpAt = Instant.MIN;
    Instant upSince = Instant.MIN;

    @Nullable
    Instant diesAt;

    FakeMember(String name, EngineVersion version) {
        this.name = name;
        this.installed = version;
        this.running = version;
    }

    boolean isUp() {
        return running != null;
    }

    String address() {
        return name + ".fake:1000";
    }
}
