package io.gds.engine.postgres.internal.pooler;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.config.PoolerSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at all poolers before a run; changes nothing. */
public final class PoolerPreFlight {
    private PoolerPreFlight() {}

    /** What speaks against pausing these poolers, in their order. */
    public static List<Finding> findings(PostgresEngine engine, List<PoolerSpec> specs, Leader leader) {
        if (specs.isEmpty()) {
            return List.of();
        }
        Optional<Leader.Serving> primary = leader.find();
        List<Pooler> poolers = specs.stream().map(s -> new Pooler(engine, s)).toList();
        return Parallel.each(poolers, p -> look(engine, p, primary)).stream()
                .flatMap(List::stream)
                .toList();
    }

    private static List<Finding> look(PostgresEngine engine, Pooler pooler, Optional<Leader.Serving> primary) {
        try {
            ConsoleView view = ConsoleView.of(pooler);
            List<Finding> out = new ArrayList<>(ConsoleChecks.of(view));
            out.addAll(HostChecks.of(engine, view, primary));
            return out;
        } catch (GdsDatabaseException e) {
            return List.of(Finding.block(
                    e.code(),
                    "pooler " + pooler.spec().name(),
                    String.valueOf(e.getMessage()),
                    "a pooler and a host that answer",
                    e.remedy()));
        }
    }
}
