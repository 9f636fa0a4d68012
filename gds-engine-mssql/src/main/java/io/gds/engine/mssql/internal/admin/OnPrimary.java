package io.gds.engine.mssql.internal.admin;

import io.gds.database.error.GdsDatabaseException;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.group.GroupView;
import io.gds.engine.mssql.internal.group.GroupViews;
import io.gds.engine.mssql.internal.group.InstanceView;
import io.gds.engine.mssql.internal.sql.SqlAccess;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Function;

/** Abilities of whichever instance is primary when one of their methods is called. */
public final class OnPrimary {
    private OnPrimary() {}

    /** Connections to the primary of the cluster. */
    public static SqlAccess access(MssqlEngine engine) {
        GroupView main = GroupViews.of(engine).main();
        return main.primary()
                .map(InstanceView::name)
                .map(engine::access)
                .orElseThrow(() -> GdsDatabaseException.environment("MSSQL-NO-PRIMARY")
                        .message("nobody leads " + main.name() + ".")
                        .remedy("look why it has no primary; a failover may be under way.")
                        .retryable()
                        .build());
    }

    /**
     * An ability.
     *
     * @param type its type
     * @param of makes it for an instance
     */
    public static <T> T facet(Class<T> type, MssqlEngine engine, Function<SqlAccess, ? extends T> of) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return method.invoke(of, arguments); // of whoever makes them: each facet has its own
                    }
                    try {
                        return method.invoke(of.apply(access(engine)), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                }));
    }
}
