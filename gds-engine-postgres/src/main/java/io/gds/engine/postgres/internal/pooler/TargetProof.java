package io.gds.engine.postgres.internal.pooler;

import io.gds.database.Secret;
import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.config.ConnectionSpec;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
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

    private static final String CONNECT_SECONDS = "2";
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final PostgresEngine engine;
    private final String primary;

    TargetProof(PostgresEngine engine, String primary) {
        this.engine = engine;
        this.primary = primary;
    }

    /** What leads elsewhere; empty when every entry of the pooler names a member or leads to the primary. */
    Optional<String> astray(Pooler pooler) {
        try (PgBouncerConsole console = pooler.console()) {
            for (PoolerDatabase d : pooler.ours(console)) {
                if (pooler.memberOf(d).isPresent()) {
                    continue;
                }
                String wanted = engine.connections().onMember(primary, s -> s.one(WHO, r -> r.text("who")));
                String found = ask(pooler, d);
                if (!found.equals(wanted)) {
                    return Optional.of("database " + d.name() + " of pooler " + pooler.spec().name() + " leads to "
                            + d.target() + ", where " + (found.startsWith("true") ? "a follower" : "\"" + found + "\"")
                            + " answers");
                }
            }
            return Optional.empty();
        }
    }

    private String ask(Pooler pooler, PoolerDatabase d) {
        Optional<PoolerHost> host = pooler.host();
        return host.isPresent() ? there(host.get(), d) : here(d);
    }

    private String there(PoolerHost host, PoolerDatabase d) {
        ConnectionSpec c = engine.spec().connection();
        Secret password = engine.context().secrets().resolve(c.password());
        CommandResult result = host.run(Command.of("psql", "-X", "-q", "-A", "-t", "-w", "-U", c.user())
                .with("-h", d.host().orElse("/var/run/postgresql"), "-p", Integer.toString(d.port()), "-c", WHO)
                .environment("PGPASSWORD", password.reveal())
                .environment("PGDATABASE", d.database())
                .environment("PGSSLMODE", c.sslMode())
                .environment("PGCONNECT_TIMEOUT", CONNECT_SECONDS)
                .mask(password)
                .timeout(LIMIT));
        return result.succeeded() ? result.output().strip() : result.error().strip();
    }

    private String here(PoolerDatabase d) {
        ConnectionSpec c = engine.spec().connection();
        Properties properties = new Properties();
        properties.setProperty("user", c.user());
        properties.setProperty(
                "password", engine.context().secrets().resolve(c.password()).reveal());
        properties.setProperty("PGDBNAME", d.database());
        properties.setProperty("sslmode", c.sslMode());
        properties.setProperty("connectTimeout", CONNECT_SECONDS);
        properties.setProperty("loginTimeout", CONNECT_SECONDS);
        properties.setProperty("socketTimeout", Long.toString(LIMIT.toSeconds()));
        String url = "jdbc:postgresql://" + d.host().orElse("localhost") + ":" + d.port() + "/";
        try (Connection connection = DriverManager.getConnection(url, properties);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(WHO)) {
            return row.next() ? String.valueOf(row.getString(1)) : "nothing";
        } catch (SQLException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
