package io.gds.engine.postgres.internal.pooler;

import io.gds.database.Secret;
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

    /** Where that process was reached. */
    private static final String WHERE =
            "SELECT host(pg_catalog.inet_server_addr()) || ' ' || pg_catalog.inet_server_port()";

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
            String found = host.isPresent() ? psql(host.get(), f, WHO) : here(f);
            if (!found.equals(wanted)) {
                return Optional.of("database " + f.name() + " of pooler "
                        + pooler.spec().name() + " leads to "
                        + (f.host().isEmpty() ? "the local socket" : f.host()) + " port " + f.port() + ", where "
                        + answered(found));
            }
        }
        return Optional.empty();
    }

    /** Whether an entry leads to the server on the pooler's own host without anything between: it will not move. */
    boolean staysHere(Pooler pooler, Pause.Follow f) {
        Optional<PoolerHost> host = pooler.host();
        if (host.isEmpty()) {
            return false;
        }
        return f.host().isEmpty()
                || f.host().startsWith("/")
                || psql(host.get(), f, WHERE).matches("(127\\.[0-9.]+|::1) " + f.port());
    }

    private static String answered(String found) {
        if (found.matches("(true|false) [0-9.]+")) {
            return (found.startsWith("true") ? "a follower" : "another primary") + " answers";
        }
        return "nobody takes our login: " + found;
    }

    private String psql(PoolerHost host, Pause.Follow f, String question) {
        ConnectionSpec c = engine.spec().connection();
        Secret password = engine.context().secrets().resolve(c.password());
        CommandResult result = new Psql(
                        f.host().isEmpty() ? SOCKET : f.host(), f.port(), c.user(), password, f.database(), c.sslMode())
                .ask(host, question);
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
