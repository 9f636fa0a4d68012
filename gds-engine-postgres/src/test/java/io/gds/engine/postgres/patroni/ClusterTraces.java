package io.gds.engine.postgres.patroni;

import io.gds.testbed.Bed;
import io.gds.testbed.BedNode;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that a rehearsal must not change, by the bed's own eyes: who leads, on which timeline, since when every server and every
 * stream is up, the keys of the DCS, the installed packages, and what lies, runs and listens on the hosts. Equal before and
 * after when nothing happened.
 */
record ClusterTraces(Map<String, String> facts) {
    private static final String STREAMS =
            "select application_name || ' ' || state || ' since ' || backend_start from pg_stat_replication order by 1";
    private static final String KEYS =
            "ETCDCTL_API=3 etcdctl --endpoints=http://127.0.0.1:2379 get --prefix / --keys-only | sed '/^$/d' | sort";
    private static final String CLONES = "ls -d /var/lib/postgresql/*/.gds-* /var/lib/postgresql/*/gds-*"
            + " /var/lib/postgresql/.gds-* /var/lib/postgresql/gds-* /run/gds-clone-* /run/systemd/system/gds-* 2>/dev/null;"
            + " systemctl list-units --all --plain --no-legend 'gds-clone-*'; pgrep -af gds-clone- | grep -v pgrep;"
            + " ss -Hltn | awk '{print $4}' | grep -E ':154[0-9][0-9]$'; true";

    static ClusterTraces of(Bed bed) throws SQLException {
        Map<String, String> out = new TreeMap<>();
        BedNode leader = bed.sql().leader();
        out.put("leader", leader.name());
        out.put("timeline", bed.sql().value(leader, "select timeline_id::text from pg_control_checkpoint()"));
        out.put("streams", String.join(", ", bed.sql().column(leader, STREAMS)));
        out.put(
                "slots",
                String.join(", ", bed.sql().column(leader, "select slot_name from pg_replication_slots order by 1")));
        out.put("keys", bed.members().get(0).run("sh", "-c", KEYS));
        for (BedNode n : bed.members()) {
            out.put(n + " up since", bed.sql().postmasterStart(n).toString());
            out.put(n + " keeps", String.join(", ", bed.sql().column(n, "select slot_name from pg_replication_slots")));
        }
        for (BedNode n : List.of(bed.node("n1"), bed.node("n2"), bed.node("n3"), bed.proxy())) {
            out.put(n + " clones", n.run("sh", "-c", CLONES));
            out.put(n + " packages", n.run("sh", "-c", "dpkg-query -W 'postgresql*' libpq5 | sort"));
        }
        return new ClusterTraces(out);
    }
}
