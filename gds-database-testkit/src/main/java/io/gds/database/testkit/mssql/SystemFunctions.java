package io.gds.database.testkit.mssql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** Functions of SQL Server that the database behind the model's system views lacks. Public, since that database calls them. */
public final class SystemFunctions {
    private SystemFunctions() {}

    /** {@code SERVERPROPERTY}: NULL for whatever it does not know. Called by H2. */
    public static @Nullable String property(Connection c, String name) throws SQLException {
        try (PreparedStatement s =
                c.prepareStatement("SELECT val FROM sys.server_property WHERE LOWER(name) = LOWER(?)")) {
            s.setString(1, name);
            try (ResultSet r = s.executeQuery()) {
                return r.next() ? r.getString(1) : null;
            }
        }
    }

    /** {@code GETUTCDATE}: the model's servers live in UTC. Called by H2. */
    public static LocalDateTime utcNow(Connection c) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet r = s.executeQuery("SELECT LOCALTIMESTAMP")) {
            r.next();
            return r.getObject(1, LocalDateTime.class);
        }
    }
}
