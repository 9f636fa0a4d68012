package io.gds.engine.mssql.internal.settings;

import io.gds.engine.mssql.internal.sql.SqlQuery;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Changes options of an instance by {@code sp_configure}.
 *
 * <p>Source: sp_configure, RECONFIGURE (Transact-SQL): RECONFIGURE installs everything that is configured, and refuses unwise values.
 */
final class ServerOptions {
    private static final String ADVANCED = "show advanced options";
    private static final String CONFIGURE = "EXEC sys.sp_configure @configname = ?, @configvalue = ?";
    private static final String RECONFIGURE = "RECONFIGURE";

    private ServerOptions() {}

    /** Changes one; when the server does not want the value in the end, it has the former one again. */
    static void change(Statement s, ServerOption option, long value) throws SQLException {
        boolean hidden = option.isAdvanced()
                && ServerOption.find(s, ADVANCED).filter(a -> a.inUse() == 1).isEmpty();
        if (!hidden) {
            install(s, option, value);
            return;
        }
        configure(s, ADVANCED, 1);
        try {
            install(s, option, value);
        } catch (SQLException e) {
            afterwards(e, () -> configure(s, ADVANCED, 0));
            throw e;
        }
        configure(s, ADVANCED, 0);
    }

    private static void install(Statement s, ServerOption option, long value) throws SQLException {
        SqlQuery.run(s, CONFIGURE, option.name(), value);
        try {
            SqlQuery.run(s, RECONFIGURE);
        } catch (SQLException e) {
            afterwards(e, () -> SqlQuery.run(s, CONFIGURE, option.name(), option.value()));
            throw e;
        }
    }

    /** A step back. */
    @FunctionalInterface
    private interface Back {
        /** Does it. */
        void go() throws SQLException;
    }

    /** What goes wrong on the way back does not hide what was wrong before. */
    private static void afterwards(SQLException because, Back back) {
        try {
            back.go();
        } catch (SQLException e) {
            because.addSuppressed(e);
        }
    }

    private static void configure(Statement s, String name, long value) throws SQLException {
        SqlQuery.run(s, CONFIGURE, name, value);
        SqlQuery.run(s, RECONFIGURE);
    }
}
