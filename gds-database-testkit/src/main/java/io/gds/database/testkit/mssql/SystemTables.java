package io.gds.database.testkit.mssql;

import io.gds.database.testkit.tds.SqlColumn;
import io.gds.database.testkit.tds.SqlFailure;
import io.gds.database.testkit.tds.SqlOutcome;
import io.gds.database.testkit.tds.SqlType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;

/**
 * What an instance answers to SELECT: the system views and functions as tables of a small database in memory, so that whatever is asked
 * of them is really evaluated. What is not there is an error as SQL Server's own (208). Thread-safe.
 */
final class SystemTables implements AutoCloseable {
    private static final String URL =
            "jdbc:h2:mem:;MODE=MSSQLServer;DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;NON_KEYWORDS=VALUE";
    private static final int INVALID_OBJECT = 208;
    private static final int SYNTAX = 102;
    private static final int DATETIME_DIGITS = 3;
    /** H2's own numbers for an unknown table and an unknown schema. */
    private static final List<Integer> UNKNOWN_OBJECTS = List.of(42102, 42103, 42104, 90079);

    private final Connection connection;

    SystemTables() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(URL);
        try {
            connection = source.getConnection();
            try (Statement s = connection.createStatement()) {
                s.execute("SET TIME ZONE 'UTC'");
                s.execute("CREATE SCHEMA sys");
                s.execute("CREATE SCHEMA dbo");
                s.execute("SET SCHEMA_SEARCH_PATH dbo, PUBLIC");
                s.execute("CREATE ALIAS SERVERPROPERTY FOR '" + SystemFunctions.class.getName() + ".property'");
                s.execute("CREATE ALIAS CONNECTIONPROPERTY FOR '" + SystemFunctions.class.getName() + ".property'");
                s.execute("CREATE ALIAS HAS_DBACCESS FOR '" + CatalogueFunctions.class.getName() + ".hasAccess'");
                s.execute("CREATE ALIAS DB_ID FOR '" + CatalogueFunctions.class.getName() + ".databaseId'");
                s.execute("CREATE ALIAS DATABASEPROPERTYEX FOR '" + CatalogueFunctions.class.getName()
                        + ".databaseProperty'");
                s.execute("CREATE ALIAS SUSER_SNAME FOR '" + CatalogueFunctions.class.getName() + ".nameOfSid'");
                s.execute("CREATE ALIAS GETUTCDATE FOR '" + SystemFunctions.class.getName() + ".utcNow'");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("a database in memory", e);
        }
    }

    private void fill(Statement s, Relation relation) throws SQLException {
        s.execute("CREATE SCHEMA IF NOT EXISTS " + relation.schema());
        s.execute("CREATE TABLE " + relation.name() + "(" + String.join(", ", relation.columns()) + ")");
        String marks = "?" + ", ?".repeat(relation.columns().size() - 1);
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO " + relation.name() + " VALUES(" + marks + ")")) {
            for (List<@Nullable Object> row : relation.rows()) {
                for (int i = 0; i < row.size(); i++) {
                    insert.setObject(i + 1, row.get(i));
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /**
     * Evaluates a query.
     *
     * @param values one for each question mark
     * @param relations the views and tables that there are, as they are now; the next query has its own
     */
    synchronized SqlOutcome.Rows select(String sql, List<@Nullable Object> values, List<Relation> relations)
            throws SqlFailure {
        try (Statement s = connection.createStatement()) {
            try {
                for (Relation relation : relations) {
                    fill(s, relation);
                }
                return select(sql, values);
            } finally {
                for (Relation relation : relations) {
                    s.execute("DROP TABLE IF EXISTS " + relation.name());
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("filling the views", e);
        }
    }

    private SqlOutcome.Rows select(String sql, List<@Nullable Object> values) throws SqlFailure {
        try (PreparedStatement s = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                s.setObject(i + 1, values.get(i));
            }
            return rows(s.executeQuery());
        } catch (SQLException e) {
            boolean unknown = UNKNOWN_OBJECTS.contains(e.getErrorCode());
            throw new SqlFailure(
                    unknown ? INVALID_OBJECT : SYNTAX, 1, unknown ? 16 : 15, "the model: " + e.getMessage());
        }
    }

    private static SqlOutcome.Rows rows(ResultSet answer) throws SQLException {
        try (ResultSet r = answer) {
            ResultSetMetaData meta = r.getMetaData();
            List<SqlColumn> columns = new ArrayList<>();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                columns.add(new SqlColumn(meta.getColumnLabel(i), type(meta, i)));
            }
            List<List<@Nullable Object>> rows = new ArrayList<>();
            while (r.next()) {
                List<@Nullable Object> row = new ArrayList<>();
                for (int i = 0; i < columns.size(); i++) {
                    row.add(value(r, i + 1, columns.get(i).type()));
                }
                rows.add(row);
            }
            return new SqlOutcome.Rows(columns, rows);
        }
    }

    private static SqlType type(ResultSetMetaData meta, int column) throws SQLException {
        if (meta.getColumnTypeName(column).equals("UUID")) {
            return SqlType.UNIQUEIDENTIFIER;
        }
        return switch (meta.getColumnType(column)) {
            case Types.TINYINT -> SqlType.TINYINT;
            case Types.SMALLINT -> SqlType.SMALLINT;
            case Types.INTEGER -> SqlType.INT;
            case Types.BIGINT -> SqlType.BIGINT;
            case Types.BOOLEAN, Types.BIT -> SqlType.BIT;
            case Types.DOUBLE, Types.FLOAT, Types.REAL -> SqlType.FLOAT;
            case Types.NUMERIC, Types.DECIMAL -> SqlType.numeric(38, Math.min(38, Math.max(0, meta.getScale(column))));
            case Types.TIMESTAMP -> meta.getScale(column) == DATETIME_DIGITS ? SqlType.DATETIME : SqlType.datetime2(7);
            default -> SqlType.NVARCHAR_MAX;
        };
    }

    private static @Nullable Object value(ResultSet r, int column, SqlType type) throws SQLException {
        if (r.getObject(column) == null) {
            return null;
        }
        return switch (type.kind()) {
            case TINYINT, SMALLINT, INT, BIGINT -> r.getLong(column);
            case BIT -> r.getBoolean(column);
            case FLOAT -> r.getDouble(column);
            case NUMERIC -> r.getBigDecimal(column);
            case UNIQUEIDENTIFIER -> r.getObject(column, UUID.class);
            case DATETIME, DATETIME2 -> r.getObject(column, LocalDateTime.class);
            default -> r.getString(column);
        };
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("closing a database in memory", e);
        }
    }
}
