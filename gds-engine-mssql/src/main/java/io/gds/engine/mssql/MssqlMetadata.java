package io.gds.engine.mssql;

import io.gds.database.EngineMetadata;

/** What is known of an instance, a fleet or a group. Immutable. */
public interface MssqlMetadata extends EngineMetadata {
    /** How many instances the spec names. */
    int instances();

    /** How many of them answered. */
    int reachableInstances();
}
