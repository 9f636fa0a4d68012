package io.gds.engine.postgres.internal.pooler;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a pooler's console shows at one time.
 *
 * @param pooler the pooler
 * @param version its version; empty when it does not tell
 * @param databases all its databases
 * @param config its settings
 * @param pausedAsAWhole whether somebody paused or suspended all of it
 */
record ConsoleView(
        Pooler pooler,
        Optional<String> version,
        List<PoolerDatabase> databases,
        Map<String, String> config,
        boolean pausedAsAWhole) {
    /** Copies. */
    ConsoleView {
        databases = List.copyOf(databases);
        config = Map.copyOf(config);
    }

    /** Looks now. */
    static ConsoleView of(Pooler pooler) {
        try (PgBouncerConsole console = pooler.console()) {
            return new ConsoleView(
                    pooler, console.version(), console.databases(), console.config(), console.isPausedAsAWhole());
        }
    }

    String name() {
        return "pooler " + pooler.spec().name();
    }

    /** A database that the spec names. */
    Optional<PoolerDatabase> row(String database) {
        return databases.stream().filter(d -> d.name().equals(database)).findFirst();
    }

    String setting(String key) {
        return config.getOrDefault(key, "");
    }
}
