package io.gds.engine.mssql;

import io.gds.database.plan.Params;
import io.gds.database.run.RunEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Where the copies of a clone test are while it runs: {@code CloneTestHandle.of(patcher.runs().find(run).orElseThrow().events())}.
 *
 * @param connectionString of the sandbox, for JDBC; holds no login and no secret
 * @param databases the same for each copy, by the name of the database in production
 */
public record CloneTestHandle(String connectionString, Map<String, String> databases) {
    private static final String HANDLE = "cloneTest";
    private static final String CONNECTION = "connection";
    private static final String DATABASES = "databases";

    /** Copies the map. */
    public CloneTestHandle {
        databases = Map.copyOf(databases);
    }

    /** What the events of a run tell; empty when it is no clone test, or one that has not begun. */
    public static Optional<CloneTestHandle> of(Iterable<RunEvent> events) {
        return StreamSupport.stream(events.spliterator(), false)
                .filter(e -> e.type() == RunEvent.Type.STEP_INTENT)
                .map(e -> e.data().object("facts"))
                .filter(facts -> facts.has(HANDLE))
                .map(facts -> read(facts.object(HANDLE)))
                .findFirst();
    }

    private static CloneTestHandle read(Params p) {
        Map<String, String> databases = new LinkedHashMap<>();
        Params names = p.object(DATABASES);
        names.asMap().keySet().forEach(n -> databases.put(n, names.string(n)));
        return new CloneTestHandle(p.string(CONNECTION), databases);
    }

    /** As a run's journal keeps it. */
    public Params facts() {
        return Params.of(HANDLE, Params.of(CONNECTION, connectionString, DATABASES, Params.of(databases)));
    }
}
