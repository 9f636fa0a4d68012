package io.gds.engine.postgres.internal.pooler;

import io.gds.database.Secret;
import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.config.ConnectionSpec;
import io.gds.engine.postgres.internal.config.HostPort;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * Proves that entries which name no member (a proxy, an address or a name that moves) lead to the primary: the server behind
 * them must be the same process. Looked at from the pooler's host where there is a shell, otherwise from here.
 */
final class TargetProof {
    /** Which process answers, and whether it takes writes. */
    private static final String WHO = "SELECT pg_catalog.pg_is_in_recovery()::text || ' ' ||"
            + " extract(epoch FROM pg_catalog.pg_postmaster_start_time())::text AS who";

    private static final String SOCKET = "/var/run/postgresql";
    private static final String CONNECT_SECONDS = "2";
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final PostgresEngine engine;
    private final String primary;

    TargetProof(PostgresEngine engine, String primary) {
        this.engine = engine;
        this.primary = primary;
    }

    /** What does not lead to the primary; empty when all do. */
    Optional<String> astray(Pooler pooler, List<Pause.Follow> follows) {
        if (follows.isEmpty()) {
            return Optional.empty();
        }
        String wanted = engine.connections().onMember(primary, s -> s.one(WHO, r -> r.text("who")));
        Optional<PoolerHost> host = pooler.host();
        for (Pause.Follow f : follows) {
            String found = host.isPresent() ? there(host.get(), f) : here(f);
            if (!found.equals(wanted)) {
                return Optional.of(
                        "database " + f.name() + " of pooler " + pooler.spec().name() + " leads to "
                                + f.host() + " port " + f.port() + ", where "
                                + (found.startsWith("true") ? "a follower" : "\"" + found + "\"") + " answers");
            }
        }
        return Optional.empty();
    }

    private String there(PoolerHost host, Pause.Follow f) {
        ConnectionSpec c = engine.spec().connection();
        Secret password = engine.context().secrets().resolve(c.password());
        CommandResult result = host.run(Command.of("psql", "-X", "-q", "-A", "-t", "-w", "-U", c.user())
                .with("-h", f.host().isEmpty() ? SOCKET : f.host(), "-p", Integer.toString(f.port()), "-c", WHO)
                .environment("PGPASSWORD", password.reveal())
                .environment("PGDATABASE", f.database())
                .environment("PGSSLMODE", c.sslMode())
                .environment("PGCONNECT_TIMEOUT", CONNECT_SECONDS)
                .mask(password)
                .timeout(LIMIT));
        return result.succeeded() ? result.output().strip() : result.error().strip();
    }

    private String here(Pause.Follow f) {
        ConnectionSpec c = engine.spec().connection();
        Properties properties = new Properties();
        properties.setProperty("user", c.user());
        properties.setProperty(
                "password", engine.context().secrets().resolve(c.password()).reveal());
        properties.setProperty("PGDBNAME", f.database());
        properties.setProperty("sslmode", c.sslMode());
        properties.setProperty("connectTimeout", CONNECT_SECONDS);
        properties.setProperty("loginTimeout", CONNECT_SECONDS);
        properties.setProperty("socketTimeout", Long.toString(LIMIT.toSeconds()));
        String url = "jdbc:postgresql://" + new HostPort(f.host(), f.port()) + "/";
        try (Connection connection = DriverManager.getConnection(url, properties);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(WHO)) {
            return row.next() ? String.valueOf(row.getString(1)) : "nothing";
        } catch (SQLException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
