package io.gds.engine.postgres.internal.hold;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import javax.sql.DataSource;

/** Connections that lead nowhere. */
final class IdleConnections {
    DataSource source() {
        return proxy(DataSource.class, (p, method, arguments) -> {
            if (method.getName().equals("getConnection")) {
                return proxy(Connection.class, (c, call, with) -> call.getReturnType() == boolean.class ? false : null);
            }
            throw new UnsupportedOperationException(method.toString());
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(IdleConnections.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
