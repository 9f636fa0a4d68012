package io.gds.testbed;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a change must not leave behind in Patroni and in the databases: tags, pause, settings, slots, tables. Immutable. */
final class ClusterImage {
    /** All but the write load's own. */
    private static final String RELATIONS = "select current_database() || ': ' || oid::regclass from pg_class"
            + " where relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace,"
            + " 'pg_toast'::regnamespace) and relname <> 'bed_ledger' order by 1";

    private final Map<BedNode, String> tags;
    private final String config;
    private final List<String> relations;

    private ClusterImage(Map<BedNode, String> tags, String config, List<String> relations) {
        this.tags = tags;
        this.config = config;
        this.relations = relations;
    }

    static ClusterImage of(Bed bed) throws IOException, SQLException {
        Map<BedNode, String> tags = new LinkedHashMap<>();
        for (BedNode m : bed.members()) {
            tags.put(m, bed.api().get(m, "/patroni").json("tags"));
        }
        return new ClusterImage(
                tags, dynamicConfig(bed), relations(bed, bed.sql().leader()));
    }

    /** What is different now, for people to read; empty if nothing is. */
    List<String> differences(Bed bed, BedNode leader) throws IOException, SQLException {
        List<String> found = new ArrayList<>();
        String now = dynamicConfig(bed);
        // As values: the order of keys tells nothing.
        if (!bed.sql().value(leader, "select ?::jsonb = ?::jsonb", config, now).equals("t")) {
            found.add("Patroni's dynamic configuration: was " + config + ", is " + now);
        }
        for (Map.Entry<BedNode, String> e : tags.entrySet()) {
            BedApi.Answer patroni = bed.api().get(e.getKey(), "/patroni");
            if (!patroni.json("tags").equals(e.getValue())) {
                found.add(e.getKey() + ": tags were '" + e.getValue() + "', are '" + patroni.json("tags") + "'");
            }
            if (!patroni.json("pause").isEmpty()
                    || !patroni.json("pending_restart").isEmpty()) {
                found.add(e.getKey() + " is paused or waits for a restart: " + patroni.body());
            }
        }
        List<String> slots = bed.sql()
                .column(leader, "select slot_name from pg_replication_slots where slot_name not in ('n1', 'n2', 'n3')");
        if (!slots.isEmpty()) {
            found.add(leader + ": replication slots are left over: " + slots);
        }
        List<String> more = new ArrayList<>(relations(bed, leader));
        more.removeAll(relations);
        if (!more.isEmpty()) {
            found.add(leader + ": tables are left over: " + more);
        }
        return found;
    }

    /** Patroni's settings for all members; the pause is one of them. */
    private static String dynamicConfig(Bed bed) throws IOException {
        return bed.api().get(bed.members().get(0), "/config").body();
    }

    private static List<String> relations(Bed bed, BedNode leader) throws SQLException {
        List<String> found = new ArrayList<>();
        for (String database : List.of("postgres", BedSql.DATABASE)) {
            found.addAll(bed.sql().columnIn(leader, database, RELATIONS));
        }
        return found;
    }
}
