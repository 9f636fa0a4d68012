package io.gds.engine.postgres.internal.patroni;

import io.gds.database.spi.PrimaryTurns;
import io.gds.database.spi.RollingVerbs;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.config.PatroniSpec;

/** Gives an engine what Patroni adds. */
public final class PatroniAssembly {
    private PatroniAssembly() {}

    /** Adds the abilities to a cluster that has packages and shells. */
    public static void add(PostgresEngine engine, PatroniSpec spec) {
        PatroniCluster patroni = new PatroniCluster(engine, spec);
        engine.keep(PatroniCluster.class, patroni);
        PatroniMembers members = new PatroniMembers(engine, patroni);
        engine.add(RollingVerbs.class, new PatroniVerbs(engine, patroni, members));
        engine.add(PrimaryTurns.class, new PatroniTurns(engine, patroni, members));
    }
}
