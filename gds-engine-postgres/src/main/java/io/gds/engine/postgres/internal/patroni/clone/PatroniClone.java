package io.gds.engine.postgres.internal.patroni.clone;

import io.gds.database.ClusterClone;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.database.version.EngineVersion;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.clone.CloneValidation;
import io.gds.engine.postgres.internal.config.HostPort;
import java.util.List;
import java.util.Optional;

/** One clone that exists: an engine of its own with a single member. Thread-safe. */
final class PatroniClone implements ClusterClone {
    private final String id;
    private final CloneHost host;
    private final CloneSite site;
    private final Optional<PostgresEngine> engine;
    private final Runnable forgotten;

    /**
     * A clone.
     *
     * @param engine empty when too little is left of it to be opened
     * @param forgotten run when this object is of no use any more
     */
    PatroniClone(String id, CloneHost host, CloneSite site, Optional<PostgresEngine> engine, Runnable forgotten) {
        this.id = id;
        this.host = host;
        this.site = site;
        this.engine = engine;
        this.forgotten = forgotten;
    }

    CloneHost host() {
        return host;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String connectionString() {
        PostgresEngine e = engine();
        HostPort address = e.spec().member(CloneSite.MEMBER).address();
        return "jdbc:postgresql://" + address + "/" + e.spec().connection().database();
    }

    @Override
    public PostgresEngine engine() {
        return engine.orElseThrow(() -> GdsDatabaseException.environment("GDS-CLONE-GONE")
                .message("of the clone " + site + " only an empty directory is left.")
                .remedy("close the clone, which removes that too, and clone again.")
                .build());
    }

    @Override
    public List<Finding> validate(EngineVersion version, List<String> smokeQueries) {
        return new CloneValidation(engine(), CloneSite.MEMBER, version).findings(smokeQueries);
    }

    /** Lets go of it; it stays. */
    void forget() {
        forgotten.run();
        engine.ifPresent(PostgresEngine::close);
    }

    @Override
    public void close() {
        forget();
        host.destroy(site);
    }

    @Override
    public String toString() {
        return "clone " + site;
    }
}
