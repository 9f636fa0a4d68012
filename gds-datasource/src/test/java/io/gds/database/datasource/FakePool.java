package io.gds.database.datasource;

import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Connections without a server, as many as are wanted. */
final class FakePool implements DataSource {
    final AtomicInteger out = new AtomicInteger();
    final AtomicInteger most = new AtomicInteger();
    final AtomicBoolean broken = new AtomicBoolean();
    final AtomicInteger made = new AtomicInteger();

    @Override
    public Connection getConnection() throws SQLException {
        if (broken.get()) {
            throw new SQLException("no server", "08001");
        }
        made.incrementAndGet();
        most.accumulateAndGet(out.incrementAndGet(), Math::max);
        AtomicBoolean closed = new AtomicBoolean();
        InvocationHandler handler = (proxy, method, arguments) -> switch (method.getName()) {
            case "close", "abort" -> {
                if (closed.compareAndSet(false, true)) {
                    out.decrementAndGet();
                }
                yield null;
            }
            case "isClosed" -> closed.get();
            case "getAutoCommit" -> true;
            case "createStatement" -> throw new SQLException("no server behind " + method, "08003");
            case "toString" -> "fake connection";
            default -> throw new UnsupportedOperationException(method.toString());
        };
        return (Connection)
                Proxy.newProxyInstance(FakePool.class.getClassLoader(), new Class<?>[] {Connection.class}, handler);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public PrintWriter getLogWriter() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setLogWriter(PrintWriter writer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setLoginTimeout(int seconds) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("wraps nothing");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
