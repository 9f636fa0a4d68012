package io.gds.database;

import io.gds.database.plan.Finding;
import io.gds.database.version.EngineVersion;
import java.util.List;

/** An ephemeral copy of a cluster; {@link #close()} destroys it. Thread-safe; calls block. */
public interface ClusterClone extends AutoCloseable {
    /** Its name. */
    String id();

    /** How an application connects to it; holds no password. */
    String connectionString();

    /** The clone as an engine of its own; closed with the clone. */
    DatabaseEngine engine();

    /**
     * Checks the clone: right version runs, checksums, extensions, a sample of structures, the given queries.
     *
     * @param version the version that must run
     * @param smokeQueries statements that must succeed; they run read-only
     * @return what is not in order; empty when all is well
     */
    List<Finding> validate(EngineVersion version, List<String> smokeQueries);

    /** Stops and removes the clone with all its files. Idempotent. */
    @Override
    void close();
}
