package io.gds.database;

import io.gds.database.plan.ClusterRef;
import io.gds.database.topology.Topology;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A database server, cluster or account that is open for reading and for administration.
 *
 * <p>What every product has stands here. What not every product has is a facet, asked for by type:
 * {@code engine.facet(UserAdmin.class)} is empty when the product has no users of its own. No method throws
 * "unsupported". Thread-safe; calls block. Nothing that belongs to patching happens here: that goes through plans.
 */
public interface DatabaseEngine extends AutoCloseable {
    /** How plans and journals refer to this cluster. */
    ClusterRef reference();

    /** The cluster's name. */
    default String name() {
        return reference().name();
    }

    /** Name, version, edition, where it is and how it stands, plus attributes of the product. */
    EngineMetadata metadata();

    /** Who is in the cluster now, in which role, and who follows whom. */
    Topology topology();

    /** Whether it is in order now, by the rules of its engine. Reads only; what does not answer is told and not thrown. */
    default ClusterHealth health() {
        return ClusterHealth.of(topology());
    }

    /** The server's own clock. */
    Instant serverTime();

    /** All databases, also those that cannot be connected to. */
    List<Database> databases();

    /** A database by name; the object can be used to create it when it does not exist. */
    Database database(String name);

    /** What this engine can do beyond this interface; each is a facet that {@link #facet} returns. */
    Set<Class<?>> facets();

    /**
     * An ability by its type.
     *
     * @return empty when the product does not have it
     */
    <T> Optional<T> facet(Class<T> type);

    /** Closes connections; the database itself is not touched. */
    @Override
    void close();
}
