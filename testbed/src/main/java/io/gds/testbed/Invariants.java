package io.gds.testbed;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * What must hold after every change and every fault, however it ended: a writable leader, everybody streaming from it, traffic
 * flowing, and no trace of what was changed for a while. Compares with the image that was taken before. Confined to one thread.
 */
public final class Invariants {
    private static final Duration SETTLE = Duration.ofSeconds(60);

    /** Answers where in the WAL it was written. */
    private static final String WRITE = "select pg_logical_emit_message(true, 'bed', 'invariant')";

    private final Bed bed;
    private final Map<BedNode, NodeImage> nodes = new LinkedHashMap<>();
    private final ClusterImage cluster;
    private boolean pgbouncerFollows = true;

    private Invariants(Bed bed) {
        this.bed = bed;
        bed.members().forEach(m -> nodes.put(m, NodeImage.of(m)));
        nodes.put(bed.proxy(), NodeImage.of(bed.proxy()));
        try {
            cluster = ClusterImage.of(bed);
        } catch (IOException | SQLException e) {
            throw new AssertionError("the image before the test cannot be taken", e);
        }
    }

    /** Takes the image of a bed in good order, before anything is done to it. */
    public static Invariants of(Bed bed) {
        return new Invariants(bed);
    }

    /** PgBouncer's own entry may name a former leader: whoever tests without the pooler does not rewrite it. */
    public Invariants withoutPgBouncer() {
        pgbouncerFollows = false;
        return this;
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
        awaited(wrong, settle, "exactly one writable leader", this::oneWritableLeader);
        if (wrong.isEmpty()) {
            BedNode leader = bed.sql().leader();
            List<String> written = seen(wrong, () -> bed.sql().column(leader, WRITE));
            for (BedNode m : bed.members()) {
                if (m != leader) {
                    String fact = m + " streams from " + leader + " on its timeline";
                    awaited(wrong, settle, fact, () -> follows(m, leader, written.get(0)));
                }
            }
            List<String> paused = seen(wrong, this::poolerPaused);
            if (paused.isEmpty()) {
                String fact = "HAProxy and PgBouncer lead to " + leader;
                awaited(wrong, settle, fact, () -> trafficReaches(leader));
            }
            wrong.addAll(paused);
            wrong.addAll(seen(wrong, () -> cluster.differences(bed, leader)));
        }
        nodes.forEach((node, before) -> wrong.addAll(seen(wrong, () -> before.differences(node))));
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
        bed.sql().value(leader, WRITE);
        return bed.api().get(leader, "/primary").status() == 200;
    }

    /** Both sides must say so: the leader does not notice soon that a host is gone. */
    private boolean follows(BedNode replica, BedNode leader, String written) throws SQLException {
        String replayed = "select pg_last_wal_replay_lsn() >= ?::pg_lsn";
        String sender = "select 1 from pg_stat_replication where state = 'streaming' and application_name = ?";
        return bed.sql().streams(replica, leader)
                && bed.sql().value(replica, replayed, written).equals("t")
                && bed.sql().column(leader, sender, replica.name()).equals(List.of("1"));
    }

    private boolean trafficReaches(BedNode leader) throws SQLException {
        BedSql sql = bed.sql();
        List<String> ways = new ArrayList<>(List.of(sql.haproxyUrl(), sql.pgbouncerThroughHaproxyUrl()));
        if (pgbouncerFollows) {
            ways.add(sql.pgbouncerUrl());
        }
        for (String url : ways) {
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

    private List<String> poolerPaused() {
        String url = "postgresql://" + BedSql.SUPERUSER + ":" + BedSql.SUPERUSER_PASSWORD + "@127.0.0.1:6432/pgbouncer";
        return bed.proxy()
                .run("psql", "-XAtq", "-F=", "-c", "show databases", url)
                .lines()
                // name=host=port=...=paused=disabled: these two are the last columns in every version
                .filter(line -> !line.endsWith("=0=0"))
                .map(line -> bed.proxy() + ": PgBouncer is paused: " + line)
                .toList();
    }

    private static void awaited(List<String> wrong, Duration settle, String fact, Callable<Boolean> check) {
        try {
            Eventually.holds(settle, fact, check);
        } catch (AssertionError e) {
            wrong.add(String.valueOf(e.getMessage()));
        }
    }

    /** What the check found; that it cannot look is one more thing that is wrong, and the others are looked at all the same. */
    private static List<String> seen(List<String> wrong, Callable<List<String>> check) {
        try {
            return check.call();
        } catch (Exception e) {
            wrong.add(e.toString());
            return List.of();
        }
    }
}
