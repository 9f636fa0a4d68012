package io.gds.engine.postgres.internal.dump;

import io.gds.engine.postgres.internal.sql.Session;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Materialized views are filled in the order in which they read each other, through whatever views lie between. */
final class Materialized {
    private static final String RELATIONS =
            "SELECT 'pg_class:' || oid AS key FROM pg_class WHERE relkind IN ('r', 'v', 'm', 'S')"
                    + " AND oid >= 16384 UNION ALL SELECT 'pg_proc:' || oid FROM pg_proc WHERE oid >= 16384";

    private Materialized() {}

    static List<String> refreshes(Session s, String query) throws SQLException {
        Map<String, String> statements = new LinkedHashMap<>();
        s.query(query, row -> Map.entry(row.text("key"), row.text("sql")))
                .forEach(e -> statements.put(e.getKey(), e.getValue()));
        if (statements.isEmpty()) {
            return List.of();
        }
        Map<String, String> relations = new LinkedHashMap<>();
        s.query(RELATIONS, row -> row.text("key")).forEach(k -> relations.put(k, k));
        return DependencyOrder.read(s, relations.keySet()).stream()
                .filter(statements::containsKey)
                .map(key -> statements.getOrDefault(key, ""))
                .toList();
    }
}
