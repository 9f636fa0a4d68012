package io.gds.engine.mssql.internal.probe;

import io.gds.database.spi.ProbeTable;
import io.gds.database.spi.WriteProbe;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.config.ApplicationSpec;
import io.gds.engine.mssql.internal.sql.SqlErrors;
import io.gds.engine.mssql.internal.sql.SqlName;
import io.gds.engine.mssql.internal.sql.SqlQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** The probe's table in the application's database. */
public final class GroupProbeTable implements ProbeTable {
    private static final String EXISTS = "SELECT name FROM sys.tables WHERE name = ?";
    private static final int THERE_ALREADY = 2714;

    private final MssqlEngine engine;
    private final ApplicationEndpoint endpoint;

    /** The table of a cluster. */
    public GroupProbeTable(MssqlEngine engine, ApplicationSpec application) {
        this.engine = engine;
        this.endpoint = new ApplicationEndpoint(engine, application);
    }

    /** A statement on a connection of its own. */
    @FunctionalInterface
    private interface Work<T> {
        T on(Statement statement) throws SQLException;
    }

    private <T> T call(String what, Work<T> work) {
        try (Connection connection = endpoint.connect();
                Statement s = connection.createStatement()) {
            return work.on(s);
        } catch (SQLException e) {
            throw SqlErrors.of(engine.name(), what, e);
        }
    }

    @Override
    public void create(String name) {
        call("creating the probe's table", s -> {
            try {
                SqlQuery.run(s, "CREATE TABLE " + new SqlName(name).quoted() + " (id bigint NOT NULL PRIMARY KEY)");
            } catch (SQLException e) {
                if (SqlErrors.number(e) != THERE_ALREADY) {
                    throw e;
                }
            }
            return true;
        });
    }

    @Override
    public Optional<Boolean> exists(String name) {
        try (Connection connection = endpoint.connect();
                Statement s = connection.createStatement()) {
            return Optional.of(
                    SqlQuery.first(s, EXISTS, row -> row.text("name"), name).isPresent());
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    @Override
    public void drop(String name) {
        call("dropping the probe's table", s -> {
            SqlQuery.run(s, "DROP TABLE IF EXISTS " + new SqlName(name).quoted());
            return true;
        });
    }

    @Override
    public WriteProbe client(String name, int client) {
        return new GroupWriteProbe(endpoint, new SqlName(name), client);
    }
}
