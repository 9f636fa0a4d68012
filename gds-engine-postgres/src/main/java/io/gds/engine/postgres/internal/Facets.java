package io.gds.engine.postgres.internal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Abilities by their type. Filled while the engine is made, only read afterwards. */
final class Facets {
    private static final Logger LOG = LoggerFactory.getLogger(Facets.class);

    private final Map<Class<?>, Object> byType = new LinkedHashMap<>();

    <T> void add(Class<T> type, T facet) {
        byType.put(type, facet);
    }

    Set<Class<?>> types() {
        return Collections.unmodifiableSet(byType.keySet());
    }

    <T> Optional<T> get(Class<T> type) {
        return Optional.ofNullable(byType.get(type)).map(type::cast);
    }

    /** Closes those that can be closed. */
    void close() {
        for (Object each : byType.values()) {
            if (each instanceof AutoCloseable part) {
                try {
                    part.close();
                } catch (Exception e) {
                    LOG.debug("closing {}", part, e);
                }
            }
        }
    }
}
