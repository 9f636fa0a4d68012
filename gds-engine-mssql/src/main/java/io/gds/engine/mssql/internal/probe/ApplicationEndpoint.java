package io.gds.engine.mssql.internal.probe;

import com.microsoft.sqlserver.jdbc.SQLServerDataSource;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.config.ApplicationSpec;
import io.gds.engine.mssql.internal.config.TargetSpec;
import io.gds.engine.mssql.internal.sql.SqlQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Connections as the application makes them: by the listener, or where there is none to whichever replica takes writes. */
final class ApplicationEndpoint {
    private static final int DEFAULT_PORT = 1433;
    /** For so long a client waits for an answer before it gives its connection up. */
    private static final int ANSWER_SECONDS = 20;

    private static final int LOGIN_SECONDS = 5;

    private static final String WRITABLE = "SELECT COUNT(*) AS n FROM sys.dm_hadr_database_replica_states d"
            + " JOIN sys.databases b ON b.database_id = d.database_id"
            + " WHERE d.is_local = 1 AND d.is_primary_replica = 1 AND b.name = ?"
            // the primary of a group that gets its log from another one is no primary to an application
            + " AND NOT EXISTS (SELECT 1 FROM sys.availability_groups g"
            + " JOIN sys.dm_hadr_availability_replica_states s ON s.group_id = g.group_id"
            + " JOIN sys.dm_hadr_database_replica_states f ON f.group_id = g.group_id AND f.is_local = 1"
            + " WHERE g.is_distributed = 1 AND s.is_local = 1 AND s.role = 2 AND f.database_id = d.database_id)";

    private final MssqlEngine engine;
    private final ApplicationSpec application;

    ApplicationEndpoint(MssqlEngine engine, ApplicationSpec application) {
        this.engine = engine;
        this.application = application;
    }

    /**
     * Connects to the application's database.
     *
     * @throws SQLException when nobody lets it in, or nobody who does takes writes
     */
    Connection connect() throws SQLException {
        TargetSpec any = engine.spec().targets().get(0);
        if (application.listener().isPresent()) {
            SQLServerDataSource source = source(any);
            source.setServerName(application.listener().get());
            source.setPortNumber(application.port().orElse(DEFAULT_PORT));
            source.setMultiSubnetFailover(true);
            return open(source);
        }
        SQLException last = new SQLException("no targets");
        for (TargetSpec t : engine.spec().targets()) {
            try {
                Connection connection = open(source(t));
                if (isWritable(connection)) {
                    return connection;
                }
                connection.close();
            } catch (SQLException e) {
                last = e;
            }
        }
        throw last;
    }

    private SQLServerDataSource source(TargetSpec target) {
        SQLServerDataSource source = engine.access(target.name()).source(application.database());
        source.setLoginTimeout(LOGIN_SECONDS);
        source.setSocketTimeout(ANSWER_SECONDS * 1000);
        return source;
    }

    private static Connection open(SQLServerDataSource source) throws SQLException {
        return source.getConnection();
    }

    private boolean isWritable(Connection connection) throws SQLException {
        try (Statement s = connection.createStatement()) {
            return SqlQuery.first(s, WRITABLE, row -> row.number("n").orElse(0), application.database())
                    .filter(n -> n > 0)
                    .isPresent();
        }
    }
}
