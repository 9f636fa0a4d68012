package io.gds.database.datasource;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What the application gets: everything goes to the real connection, and its end is noticed. A proxy instead of a class, so
 * that methods of later JDBC versions go through as well.
 */
final class LeasedConnection implements InvocationHandler {
    private final Connection real;
    private final Lease lease;
    private final AtomicBoolean closed = new AtomicBoolean();
    private Cleaner.@Nullable Cleanable lost;

    private LeasedConnection(Connection real, Lease lease) {
        this.real = real;
        this.lease = lease;
    }

    /** Hands out. A proxy that is lost without being closed ends its lease when it is collected. */
    static Connection of(Connection real, Lease lease, Cleaner cleaner) {
        lease.give(real);
        LeasedConnection handler = new LeasedConnection(real, lease);
        Connection proxy = (Connection) Proxy.newProxyInstance(
                LeasedConnection.class.getClassLoader(), new Class<?>[] {Connection.class}, handler);
        handler.lost = cleaner.register(proxy, lease::lost);
        return proxy;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // equals of a proxy is what is defined here
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return switch (method.getName()) {
                case "close" -> close();
                case "equals" -> arguments != null && proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                case "toString" -> "held " + real;
                default -> call(method, arguments);
            };
        } finally {
            // Or else the last call could be cut short: once it has begun, nobody else needs the proxy.
            Reference.reachabilityFence(proxy);
        }
    }

    private @Nullable Object call(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        lease.used();
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        } finally {
            if (method.getName().equals("abort")) {
                lease.end();
            }
        }
    }

    private @Nullable Object close() throws SQLException {
        if (closed.compareAndSet(false, true)) {
            try {
                real.close();
            } finally {
                lease.end();
                if (lost != null) {
                    lost.clean();
                }
            }
        }
        return null;
    }
}
