package io.gds.engine.postgres.internal.pooler;

import io.gds.database.Secret;
import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import java.time.Duration;

/** One question by psql on a pooler's host, as its timer would ask it. The password goes by the environment. */
record Psql(String host, int port, String user, Secret password, String database, String sslMode) {
    private static final String CONNECT_SECONDS = "2";
    private static final Duration LIMIT = Duration.ofSeconds(5);

    CommandResult ask(PoolerHost from, String question) {
        return from.run(Command.of("psql", "-X", "-q", "-A", "-t", "-w", "-U", user)
                .with("-h", host, "-p", Integer.toString(port), "-c", question)
                .environment("PGPASSWORD", password.reveal())
                .environment("PGDATABASE", database)
                .environment("PGSSLMODE", sslMode)
                .environment("PGCONNECT_TIMEOUT", CONNECT_SECONDS)
                .mask(password)
                .timeout(LIMIT));
    }
}
