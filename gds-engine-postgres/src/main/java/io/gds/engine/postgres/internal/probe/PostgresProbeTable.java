package io.gds.engine.postgres.internal.probe;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.ProbeTable;
import io.gds.database.spi.WriteProbe;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.sql.Identifier;
import io.gds.engine.postgres.internal.sql.SqlText;
import java.util.Optional;

/** The probe's table in the application's database, reached through the application's endpoint. */
public final class PostgresProbeTable implements ProbeTable {
    private final PostgresEngine engine;

    /** The table of a cluster. */
    public PostgresProbeTable(PostgresEngine engine) {
        this.engine = engine;
    }

    private static Identifier table(String name) {
        return Identifier.of("public", name);
    }

    /** No key on purpose: a write that arrives twice must be seen twice. */
    @Override
    public void create(String name) {
        engine.connections().onEndpoint(s -> {
            s.execute(SqlText.of(
                    "CREATE TABLE IF NOT EXISTS {} (client int NOT NULL, seq bigint NOT NULL)", table(name)));
            return name;
        });
    }

    @Override
    public Optional<Boolean> exists(String name) {
        try {
            return Optional.of(engine.connections().onEndpoint(s -> !s.query(
                            "SELECT 1 AS one FROM pg_tables WHERE schemaname = 'public' AND tablename = ?",
                            r -> 1,
                            name)
                    .isEmpty()));
        } catch (GdsDatabaseException e) {
            if (e.retryable()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public void drop(String name) {
        engine.connections().onEndpoint(s -> {
            s.execute(SqlText.of("DROP TABLE IF EXISTS {}", table(name)));
            return name;
        });
    }

    @Override
    public WriteProbe client(String name, int client) {
        return new PostgresWriteProbe(engine.connections(), table(name), client);
    }
}
