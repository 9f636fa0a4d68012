package io.gds.engine.mssql.internal.config;

import io.gds.database.spi.SpecFields;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where the application writes, for the probe that measures whether it could.
 *
 * @param database the database, one of the group
 * @param listener the group's network name; empty where there is none, and then the probe looks for the primary among the targets
 * @param port the listener's port; empty for 1433
 */
public record ApplicationSpec(String database, Optional<String> listener, OptionalInt port) {
    static Optional<ApplicationSpec> read(SpecFields spec) {
        return spec.optionalObject("application").map(ApplicationSpec::of);
    }

    private static ApplicationSpec of(SpecFields f) {
        f.only("database", "listener", "port");
        return new ApplicationSpec(
                f.text("database", "the name of a database of the group"),
                f.optionalText("listener"),
                f.has("port") ? OptionalInt.of(f.port("port")) : OptionalInt.empty());
    }
}
