package io.gds.samples.quickstart;

import io.gds.samples.embedded.EmbeddedCluster;
import io.gds.samples.embedded.PostgresBinaries;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A PostgreSQL cluster with streaming replication. */
final class PostgresCluster implements SampleCluster {
    private final EmbeddedCluster cluster;

    private PostgresCluster(EmbeddedCluster cluster) {
        this.cluster = cluster;
    }

    static SampleCluster start(Arguments a, Versions versions) {
        EmbeddedCluster.sweep();
        Terminal.say("starting " + a.members() + " PostgreSQL servers, version " + versions.from() + " ...");
        var builder = EmbeddedCluster.builder(PostgresBinaries.find())
                .version(versions.from())
                .alsoInstalled(versions.to())
                .members(a.members())
                .name("orders");
        if (a.synchronous()) {
            builder.synchronousStandbyNames("ANY 1 (n2, n3)");
        }
        return new PostgresCluster(builder.start());
    }

    @Override
    public void writeSpec(Path file) {
        cluster.writeSpec(file);
    }

    @Override
    public void createLoad() {
        try (Connection c = cluster.connectApplication();
                Statement s = c.createStatement()) {
            s.execute("CREATE TABLE load (client int, n bigint, note text)");
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public Client connect() {
        try {
            return new Inserts(DriverManager.getConnection(
                    cluster.applicationUrl(), cluster.applicationUser(), cluster.applicationPassword()));
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public long count() {
        try (Connection c = cluster.connect();
                Statement s = c.createStatement();
                ResultSet rs = s.executeQuery("SELECT count(*) FROM load")) {
            rs.next();
            return rs.getLong(1);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public String records() {
        return "rows";
    }

    @Override
    public void close() {
        cluster.close();
    }

    private static IllegalStateException failed(SQLException e) {
        return new IllegalStateException(e.getMessage(), e);
    }

    private static final class Inserts implements Client {
        private final Connection connection;
        private final PreparedStatement insert;

        Inserts(Connection connection) throws SQLException {
            this.connection = connection;
            this.insert = connection.prepareStatement("INSERT INTO load VALUES (?, ?, repeat('x', 100))");
        }

        @Override
        public void insert(int client, long n) {
            try {
                insert.setInt(1, client);
                insert.setLong(2, n);
                insert.executeUpdate();
            } catch (SQLException e) {
                throw failed(e);
            }
        }

        @Override
        public void close() {
            try (connection) {
                insert.close();
            } catch (SQLException e) {
                throw failed(e);
            }
        }
    }
}
