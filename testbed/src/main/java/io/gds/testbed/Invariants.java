package io.gds.testbed;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What must hold after every change and every fault, however it ended: a writable leader, everybody streaming from it, traffic
 * flowing, and no trace of what was changed for a while. Compares with the image that was taken before. Confined to one thread.
 */
public final class Invariants {
    private static final Duration SETTLE = Duration.ofSeconds(60);

    private final Bed bed;
    private final Map<BedNode, NodeImage> nodes = new LinkedHashMap<>();
    private final Map<BedNode, String> tags = new LinkedHashMap<>();
    private final String config;
    private final List<String> relations;

    private Invariants(Bed bed) {
        this.bed = bed;
        try {
            for (BedNode m : bed.members()) {
                nodes.put(m, NodeImage.of(m));
                tags.put(m, bed.api().get(m, "/patroni").json("tags"));
            }
            nodes.put(bed.proxy(), NodeImage.of(bed.proxy()));
            config = dynamicConfig();
            relations = relations(bed.sql().leader());
        } catch (IOException | SQLException e) {
            throw new AssertionError("the image before the test cannot be taken", e);
        }
    }

    /** Takes the image of a bed in good order, before anything is done to it. */
    public static Invariants of(Bed bed) {
        return new Invariants(bed);
    }

    /**
     * Waits up to a minute for the cluster to settle, then reports everything that is wrong at once.
     *
     * @throws AssertionError naming each invariant that does not hold
     */
    public void assertKept() {
        assertKept(SETTLE);
    }

    /** As {@link #assertKept()}, with another time to settle. */
    public void assertKept(Duration settle) {
        List<String> wrong = new ArrayList<>();
        check(wrong, () -> Eventually.holds(settle, "exactly one writable leader", this::oneWritableLeader));
        if (wrong.isEmpty()) {
            BedNode leader = bed.sql().leader();
            for (BedNode m : bed.members()) {
                if (m != leader) {
                    check(
                            wrong,
                            () -> Eventually.holds(
                                    settle,
                                    m + " streams from " + leader + " on its timeline",
                                    () -> follows(m, leader)));
                }
            }
            check(
                    wrong,
                    () -> Eventually.holds(
                            settle, "HAProxy and PgBouncer lead to " + leader, () -> trafficReaches(leader)));
            check(wrong, () -> leftOverInCluster(leader, wrong));
        }
        nodes.forEach((node, before) -> check(wrong, () -> before.differences(NodeImage.of(node))
                .forEach((thing, what) -> wrong.add(node + ": " + thing + " " + what))));
        if (!wrong.isEmpty()) {
            throw new AssertionError("after the test, " + wrong.size() + " things are not as they must be:\n  "
                    + String.join("\n  ", wrong));
        }
    }

    private boolean oneWritableLeader() throws SQLException, IOException {
        List<BedNode> writable = bed.sql().writable();
        if (writable.size() != 1) {
            return false;
        }
        BedNode leader = writable.get(0);
        // A commit, not only a look: a read-only default, a full disk or missing sync standbys would show here.
        bed.sql().value(leader, "select pg_logical_emit_message(true, 'bed', 'invariant')");
        return bed.api().get(leader, "/primary").status() == 200;
    }

    private boolean follows(BedNode replica, BedNode leader) throws SQLException, IOException {
        String written = bed.sql().value(leader, "select pg_logical_emit_message(true, 'bed', 'follow')");
        Eventually.holds(Duration.ofSeconds(5), replica + " replays " + written, () -> bed.sql()
                .value(replica, "select pg_last_wal_replay_lsn() >= ?::pg_lsn", written)
                .equals("t"));
        return bed.sql().streams(replica, leader)
                && bed.sql()
                        .column(
                                leader,
                                "select 1 from pg_stat_replication where state = 'streaming' and application_name = ?",
                                replica.name())
                        .equals(List.of("1"))
                && bed.api().get(replica, "/patroni").json("tags").equals(tags.get(replica));
    }

    private boolean trafficReaches(BedNode leader) throws SQLException {
        BedSql sql = bed.sql();
        for (String url : List.of(sql.haproxyUrl(), sql.pgbouncerUrl(), sql.pgbouncerThroughHaproxyUrl())) {
            try (var c = sql.connectAsApp(url);
                    var s = c.createStatement();
                    var r = s.executeQuery("select host(inet_server_addr()), pg_is_in_recovery()")) {
                if (!r.next() || !r.getString(1).equals(leader.address()) || r.getBoolean(2)) {
                    return false;
                }
            }
        }
        return true;
    }

    private void leftOverInCluster(BedNode leader, List<String> wrong) throws SQLException, IOException {
        String now = dynamicConfig();
        if (!bed.sql().value(leader, "select ?::jsonb = ?::jsonb", config, now).equals("t")) {
            wrong.add("Patroni's dynamic configuration: was " + config + ", is " + now);
        }
        for (BedNode m : bed.members()) {
            var patroni = bed.api().get(m, "/patroni");
            if (!patroni.json("tags").equals(tags.get(m))) {
                wrong.add(m + ": tags were '" + tags.get(m) + "', are '" + patroni.json("tags") + "'");
            }
            if (!patroni.json("pause").isEmpty()
                    || !patroni.json("pending_restart").isEmpty()) {
                wrong.add(m + " is paused or waits for a restart: " + patroni.body());
            }
        }
        List<String> slots = bed.sql()
                .column(leader, "select slot_name from pg_replication_slots where slot_name not in ('n1', 'n2', 'n3')");
        if (!slots.isEmpty()) {
            wrong.add(leader + ": replication slots are left over: " + slots);
        }
        List<String> more = new ArrayList<>(relations(leader));
        more.removeAll(relations);
        if (!more.isEmpty()) {
            wrong.add(leader + ": tables are left over: " + more);
        }
        wrong.addAll(poolerPaused());
    }

    private List<String> poolerPaused() {
        return bed.proxy()
                .run(
                        "env",
                        "PGPASSWORD=" + BedSql.SUPERUSER_PASSWORD,
                        "psql",
                        "-XAtq",
                        "-F=",
                        "-h",
                        "127.0.0.1",
                        "-p",
                        "6432",
                        "-U",
                        BedSql.SUPERUSER,
                        "-c",
                        "show databases",
                        "pgbouncer")
                .lines()
                // name=host=port=...=paused=disabled, and these two are the last columns in every version
                .filter(line -> !line.endsWith("=0=0"))
                .map(line -> "PgBouncer is paused: " + line)
                .toList();
    }

    /** Patroni's settings for all members; the pause is one of them. */
    private String dynamicConfig() throws IOException {
        return bed.api().get(bed.members().get(0), "/config").body();
    }

    private List<String> relations(BedNode leader) throws SQLException {
        List<String> found = new ArrayList<>();
        for (String database : List.of(BedSql.SUPERUSER, BedSql.DATABASE)) {
            found.addAll(bed.sql()
                    .columnIn(
                            leader,
                            database,
                            "select current_database() || ': ' || oid::regclass from pg_class where relnamespace not in"
                                    + " ('pg_catalog'::regnamespace, 'information_schema'::regnamespace,"
                                    + " 'pg_toast'::regnamespace) and relname <> 'bed_ledger' order by 1"));
        }
        return found;
    }

    /** One check; what it throws is one more thing that is wrong, and the others are looked at all the same. */
    private static void check(List<String> wrong, Check check) {
        try {
            check.run();
        } catch (AssertionError | Exception e) {
            wrong.add(String.valueOf(e.getMessage()));
        }
    }

    @FunctionalInterface
    private interface Check {
        void run() throws Exception;
    }
}
