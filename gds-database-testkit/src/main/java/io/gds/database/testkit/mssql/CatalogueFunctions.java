package io.gds.database.testkit.mssql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** More functions of SQL Server, over the tables of {@link CatalogueViews}. Public, since the database behind them calls them. */
public final class CatalogueFunctions {
    /** What {@link #databaseProperty} looks into; the name is in every statement that calls it. */
    static final String PROPERTIES = "sys.databasepropertyex";

    static final String LAST_GOOD_CHECK = "LastGoodCheckDbTime";

    private CatalogueFunctions() {}

    /**
     * {@code DATABASEPROPERTYEX}: NULL for no database, and for a property that the version does not know. Others than those that the
     * model has are an error here, which they are not on a server. Called by H2.
     */
    public static @Nullable LocalDateTime databaseProperty(Connection c, String name, String property)
            throws SQLException {
        if (!property.equalsIgnoreCase(LAST_GOOD_CHECK)) {
            throw new SQLException("the model does not know DATABASEPROPERTYEX '" + property + "'");
        }
        try (PreparedStatement s = c.prepareStatement(
                "SELECT val FROM " + PROPERTIES + " WHERE LOWER(name) = LOWER(?) AND LOWER(property) = LOWER(?)")) {
            s.setString(1, name);
            s.setString(2, property);
            try (ResultSet r = s.executeQuery()) {
                return r.next() ? r.getObject(1, LocalDateTime.class) : null;
            }
        }
    }

    /** {@code DB_ID}: NULL for no database. Called by H2. */
    public static @Nullable Integer databaseId(Connection c, @Nullable String name) throws SQLException {
        try (PreparedStatement s =
                c.prepareStatement("SELECT database_id FROM sys.databases WHERE LOWER(name) = LOWER(?)")) {
            s.setString(1, name);
            try (ResultSet r = s.executeQuery()) {
                return r.next() ? Integer.valueOf(r.getInt(1)) : null;
            }
        }
    }

    /** {@code HAS_DBACCESS}: 0 for a database that cannot be opened, NULL for none. Called by H2. */
    public static @Nullable Integer hasAccess(Connection c, String name) throws SQLException {
        try (PreparedStatement s =
                c.prepareStatement("SELECT state_desc FROM sys.databases WHERE LOWER(name) = LOWER(?)")) {
            s.setString(1, name);
            try (ResultSet r = s.executeQuery()) {
                return r.next() ? Integer.valueOf("ONLINE".equals(r.getString(1)) ? 1 : 0) : null;
            }
        }
    }

    /** {@code SUSER_SNAME}: NULL for a SID that nobody has. Called by H2. */
    public static @Nullable String nameOfSid(Connection c, @Nullable Integer sid) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("SELECT name FROM sys.server_principals WHERE sid = ?")) {
            s.setObject(1, sid);
            try (ResultSet r = s.executeQuery()) {
                return r.next() ? r.getString(1) : null;
            }
        }
    }
}
