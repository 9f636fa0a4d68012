package io.gds.engine.postgres.internal.admin;

import io.gds.database.Database;
import io.gds.engine.postgres.internal.config.PostgresSpec;
import io.gds.engine.postgres.internal.dump.Backups;
import io.gds.engine.postgres.internal.sql.Connections;
import java.time.Clock;
import java.util.List;

/** The databases of a cluster. Thread-safe. */
public final class Databases {
    private final PostgresSpec spec;
    private final Connections connections;
    private final Backups backups;
    private final Clock clock;

    /** Databases of a cluster. */
    public Databases(PostgresSpec spec, Connections connections, Backups backups, Clock clock) {
        this.spec = spec;
        this.connections = connections;
        this.backups = backups;
        this.clock = clock;
    }

    /** All of them, also templates and those that cannot be connected to. */
    public List<Database> all() {
        return connections
                .onPrimary(s -> s.query("SELECT datname FROM pg_database ORDER BY 1", row -> row.text("datname")))
                .stream()
                .map(this::named)
                .toList();
    }

    /** One by name, there or not. */
    public Database named(String name) {
        return new PostgresDatabase(name, spec, connections, backups, clock);
    }
}
