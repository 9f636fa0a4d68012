package io.gds.engine.postgres.internal.dump;

import io.gds.database.error.GdsDatabaseException;
import io.gds.engine.postgres.internal.sql.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Orders objects so that each comes after what it needs, by pg_depend. */
final class DependencyOrder {
    /** What is made together with something else stands for that: rules for views, row types for tables, array types. */
    private static final String ALIASES =
            """
            SELECT 'pg_rewrite:' || oid AS key, 'pg_class:' || ev_class AS stands_for FROM pg_rewrite WHERE oid >= 16384
            UNION ALL
            SELECT 'pg_attrdef:' || d.oid, 'pg_class:' || d.adrelid FROM pg_attrdef d JOIN pg_attribute a
                ON a.attrelid = d.adrelid AND a.attnum = d.adnum WHERE a.attgenerated <> '' AND d.oid >= 16384
            UNION ALL
            SELECT 'pg_constraint:' || oid, 'pg_type:' || contypid FROM pg_constraint WHERE contypid <> 0 AND oid >= 16384
            UNION ALL
            SELECT 'pg_type:' || t.oid, 'pg_class:' || t.typrelid FROM pg_type t JOIN pg_class c ON c.oid = t.typrelid
             WHERE c.relkind <> 'c' AND t.oid >= 16384
            UNION ALL
            SELECT 'pg_class:' || c.oid, 'pg_type:' || c.reltype FROM pg_class c WHERE c.relkind = 'c' AND c.oid >= 16384
            UNION ALL
            SELECT 'pg_type:' || t.typarray, 'pg_type:' || t.oid FROM pg_type t WHERE t.typarray <> 0 AND t.oid >= 16384
            """;

    private static final String EDGES =
            """
            SELECT c.relname || ':' || d.objid AS key, r.relname || ':' || d.refobjid AS needs
              FROM pg_depend d JOIN pg_class c ON c.oid = d.classid JOIN pg_class r ON r.oid = d.refclassid
             WHERE d.objid >= 16384 AND d.refobjid >= 16384 AND d.deptype IN ('n', 'a', 'i')
            """;

    private final Map<String, Set<String>> needs;
    private final Set<String> placed = new LinkedHashSet<>();
    private final List<String> path = new ArrayList<>();

    private DependencyOrder(Map<String, Set<String>> needs) {
        this.needs = needs;
    }

    static List<String> read(Session s, Set<String> keys) throws SQLException {
        Map<String, String> aliases = new HashMap<>();
        s.query(ALIASES, row -> Map.entry(row.text("key"), row.text("stands_for")))
                .forEach(e -> aliases.put(e.getKey(), e.getValue()));
        List<Map.Entry<String, String>> edges = s.query(EDGES, row -> Map.entry(row.text("key"), row.text("needs")));
        return order(keys, edges, aliases);
    }

    /** The keys in an order that keeps theirs wherever dependencies do not forbid it. */
    static List<String> order(Set<String> keys, List<Map.Entry<String, String>> edges, Map<String, String> aliases) {
        Map<String, Set<String>> needs = new HashMap<>();
        for (Map.Entry<String, String> edge : edges) {
            String from = resolve(edge.getKey(), keys, aliases);
            String to = resolve(edge.getValue(), keys, aliases);
            if (keys.contains(from) && keys.contains(to) && !from.equals(to)) {
                needs.computeIfAbsent(from, k -> new LinkedHashSet<>()).add(to);
            }
        }
        DependencyOrder order = new DependencyOrder(needs);
        keys.forEach(order::place);
        return List.copyOf(order.placed);
    }

    private static String resolve(String key, Set<String> keys, Map<String, String> aliases) {
        String at = key;
        Set<String> seen = new HashSet<>();
        while (!keys.contains(at) && aliases.containsKey(at) && seen.add(at)) {
            at = aliases.getOrDefault(at, at);
        }
        return at;
    }

    private void place(String key) {
        if (placed.contains(key)) {
            return;
        }
        if (path.contains(key)) {
            throw GdsDatabaseException.user("GDS-BACKUP-UNSUPPORTED-OBJECTS")
                    .message("objects that need each other are not carried without pg_dump: "
                            + String.join(" -> ", path.subList(path.indexOf(key), path.size())) + ".")
                    .remedy("make a pg_dump of the server's major version or later available to the shell.")
                    .build();
        }
        path.add(key);
        needs.getOrDefault(key, Set.of()).forEach(this::place);
        path.remove(path.size() - 1);
        placed.add(key);
    }
}
