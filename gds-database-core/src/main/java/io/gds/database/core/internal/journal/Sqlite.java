package io.gds.database.core.internal.journal;

import io.gds.database.error.GdsDatabaseException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** One connection, one writer at a time, prepared statements kept. */
final class Sqlite implements AutoCloseable {
    /** Maps a row. */
    interface Row<T> {
        T read(ResultSet rs) throws SQLException;
    }

    /** Work inside a transaction. */
    interface Work<T> {
        T run() throws SQLException;
    }

    private final Path file;
    private final Connection connection;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    Sqlite(Path file) {
        this.file = file;
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        // FULL: every commit reaches the disk before we act on it. That is what INTENT before effect rests on.
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(15_000);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        try {
            this.connection = DriverManager.getConnection("jdbc:sqlite:" + file, config.toProperties());
        } catch (SQLException e) {
            throw failed("open", e);
        }
    }

    /** Runs work in one immediate transaction. */
    <T> T transaction(Work<T> work) {
        lock.lock();
        try {
            connection.setAutoCommit(false);
            try {
                T result = work.run();
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw failed("write", e);
        } finally {
            lock.unlock();
        }
    }

    int update(String sql, Object... values) {
        lock.lock();
        try {
            return bound(sql, values).executeUpdate();
        } catch (SQLException e) {
            throw failed("write", e);
        } finally {
            lock.unlock();
        }
    }

    /** Like update, but an existing key is an answer: -1. */
    int insert(String sql, Object... values) {
        lock.lock();
        try {
            return bound(sql, values).executeUpdate();
        } catch (SQLiteException e) {
            if (e.getResultCode() == SQLiteErrorCode.SQLITE_CONSTRAINT_PRIMARYKEY
                    || e.getResultCode() == SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE) {
                return -1;
            }
            throw failed("write", e);
        } catch (SQLException e) {
            throw failed("write", e);
        } finally {
            lock.unlock();
        }
    }

    <T> List<T> query(String sql, Row<T> row, Object... values) {
        lock.lock();
        try (ResultSet rs = bound(sql, values).executeQuery()) {
            List<T> out = new ArrayList<>();
            while (rs.next()) {
                out.add(row.read(rs));
            }
            return out;
        } catch (SQLException e) {
            throw failed("read", e);
        } finally {
            lock.unlock();
        }
    }

    void execute(String sql) {
        lock.lock();
        try (Statement st = connection.createStatement()) {
            st.execute(sql);
        } catch (SQLException e) {
            throw failed("write", e);
        } finally {
            lock.unlock();
        }
    }

    private PreparedStatement bound(String sql, Object... values) throws SQLException {
        PreparedStatement ps = statements.get(sql);
        if (ps == null) {
            ps = connection.prepareStatement(sql);
            statements.put(sql, ps);
        }
        ps.clearParameters();
        for (int i = 0; i < values.length; i++) {
            Object v = values[i];
            if (v instanceof None) {
                ps.setNull(i + 1, java.sql.Types.NULL);
            } else {
                ps.setObject(i + 1, v);
            }
        }
        return ps;
    }

    /** SQL's NULL as a value, since varargs of a null-marked method hold none. */
    enum None {
        NULL
    }

    private GdsDatabaseException failed(String what, SQLException e) {
        return GdsDatabaseException.environment("GDS-JOURNAL-IO")
                .message("journal " + file + ": cannot " + what + ": " + e.getMessage())
                .remedy(
                        "check disk space and permissions of the journal's directory; nothing more is done until it can be"
                                + " written.")
                .cause(e)
                .build();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            for (PreparedStatement ps : statements.values()) {
                ps.close();
            }
            connection.close();
        } catch (SQLException e) {
            throw failed("close", e);
        } finally {
            lock.unlock();
        }
    }
}
