package io.gds.engine.mssql.internal.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Statements with values, which are parameters and never part of the text. */
public final class SqlQuery {
    private SqlQuery() {}

    /** Makes something of a row. */
    @FunctionalInterface
    public interface Reader<T> {
        /** Makes it. */
        T of(SqlRow row) throws SQLException;
    }

    /**
     * All rows of a query.
     *
     * @param on lends its connection and its limit of time
     * @param values one for each question mark
     */
    public static <T> List<T> rows(Statement on, String sql, Reader<T> reader, Object... values) throws SQLException {
        List<T> rows = new ArrayList<>();
        each(on, sql, row -> rows.add(reader.of(row)), values);
        return rows;
    }

    /** The first row of a query. */
    public static <T> Optional<T> first(Statement on, String sql, Reader<T> reader, Object... values)
            throws SQLException {
        return rows(on, sql, reader, values).stream().findFirst();
    }

    /** Reads row by row, for answers that are too long to be kept. */
    public static void each(Statement on, String sql, Reader<?> reader, Object... values) throws SQLException {
        if (values.length == 0) {
            try (ResultSet answer = on.executeQuery(sql)) {
                read(answer, reader);
            }
            return;
        }
        try (PreparedStatement s = prepare(on, sql, values);
                ResultSet answer = s.executeQuery()) {
            read(answer, reader);
        }
    }

    private static void read(ResultSet answer, Reader<?> reader) throws SQLException {
        SqlRow row = new SqlRow(answer);
        while (answer.next()) {
            Object unused = reader.of(row);
        }
    }

    /**
     * Executes a statement to its very end. BACKUP, RESTORE and DBCC tell how they get on while they work, and are broken off by
     * whoever leaves before everything was heard.
     */
    public static void run(Statement on, String sql, Object... values) throws SQLException {
        if (values.length == 0) {
            hearAll(on, on.execute(sql));
            return;
        }
        try (PreparedStatement s = prepare(on, sql, values)) {
            hearAll(s, s.execute());
        }
    }

    private static void hearAll(Statement s, boolean rowsFirst) throws SQLException {
        boolean rows = rowsFirst;
        while (rows || s.getUpdateCount() != -1) {
            rows = s.getMoreResults();
        }
    }

    private static PreparedStatement prepare(Statement on, String sql, Object... values) throws SQLException {
        Connection connection = on.getConnection();
        PreparedStatement s = connection.prepareStatement(sql);
        try {
            s.setQueryTimeout(on.getQueryTimeout());
            for (int i = 0; i < values.length; i++) {
                s.setObject(i + 1, values[i]);
            }
            return s;
        } catch (SQLException e) {
            s.close();
            throw e;
        }
    }
}
