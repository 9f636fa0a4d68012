package io.gds.engine.mongo.admin;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives all classes the same three members, which are stopped when the last of them has ended, however it ended. */
final class SharedSet implements ParameterResolver {
    /** JUnit closes what is in its root store. */
    private record Held(AdminSet set) implements AutoCloseable {
        @Override
        public void close() {
            set.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == AdminSet.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(SharedSet.class))
                .getOrComputeIfAbsent("set", key -> new Held(AdminSet.start(b -> b)), Held.class)
                .set();
    }
}
