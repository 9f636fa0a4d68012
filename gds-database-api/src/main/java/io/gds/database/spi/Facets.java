package io.gds.database.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The abilities of an engine by their type, as {@link io.gds.database.DatabaseEngine#facet} gives them. Filled on one thread
 * while the engine is made and only read afterwards, by any thread.
 */
public final class Facets {
    private static final Logger LOG = LoggerFactory.getLogger(Facets.class);

    private final Map<Class<?>, Object> byType = new LinkedHashMap<>();

    /** Without any ability yet. */
    public Facets() {}

    /** Adds an ability; one of the same type is replaced. */
    public <T> void add(Class<T> type, T facet) {
        byType.put(type, facet);
    }

    /** The types of all abilities, in the order in which they were added; a view. */
    public Set<Class<?>> types() {
        return Collections.unmodifiableSet(byType.keySet());
    }

    /** An ability; empty when there is none of this type. */
    public <T> Optional<T> get(Class<T> type) {
        return Optional.ofNullable(byType.get(type)).map(type::cast);
    }

    /** Closes the abilities that can be closed; what one of them throws does not keep the others open. */
    public void close() {
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
