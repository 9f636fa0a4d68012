package io.gds.database.datasource;

import io.gds.samples.embedded.EmbeddedCluster;
import io.gds.samples.embedded.Member;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A planned switchover by hand, as an administrator would do it. */
final class RoleChange {
    private final EmbeddedCluster cluster;
    private final Member from;
    private final Member to;

    private RoleChange(EmbeddedCluster cluster, Member from, Member to) {
        this.cluster = cluster;
        this.from = from;
        this.to = to;
    }

    /** From whoever is primary to whoever comes next. */
    static RoleChange next(EmbeddedCluster cluster) {
        Member primary = cluster.primary();
        List<Member> all = cluster.members();
        return new RoleChange(cluster, primary, all.get((all.indexOf(primary) + 1) % all.size()));
    }

    /** What can be done while writes go on: the others follow the candidate, and there is little left to write down. */
    void prepare() throws Exception {
        for (Member m : cluster.members()) {
            if (!m.equals(from) && !m.equals(to)) {
                execute(m, "ALTER SYSTEM SET primary_conninfo = '" + conninfo(m) + "'");
                execute(m, "SELECT pg_reload_conf()");
                Until.holds(
                        m + " streams from " + to,
                        () -> isTrue(to, "SELECT count(*) > 0 FROM pg_stat_replication WHERE state = 'streaming'"));
            }
        }
        execute(to, "CHECKPOINT");
        execute(from, "CHECKPOINT");
    }

    /** The primary down, all that it wrote is there, the promotion. */
    void perform() throws Exception {
        from.stopFast();
        ByteBuffer control = ByteBuffer.wrap(Files.readAllBytes(from.dataDir().resolve("global/pg_control")))
                .order(ByteOrder.LITTLE_ENDIAN);
        if (control.getInt(16) != 1) {
            throw new IllegalStateException(from + " is not shut down: " + control.getInt(16));
        }
        long checkpoint = control.getLong(32);
        Until.holds(
                "the shutdown checkpoint is there",
                () -> isTrue(to, "SELECT (pg_last_wal_replay_lsn() - '0/0')::bigint > " + checkpoint));
        if (!isTrue(to, "SELECT pg_promote(true, 30)")) {
            throw new IllegalStateException(to + " was not promoted");
        }
        Until.holds(to + " has left recovery", () -> isTrue(to, "SELECT NOT pg_is_in_recovery()"));
    }

    /** The former primary comes back as a standby. */
    void finish() throws IOException {
        Path auto = from.dataDir().resolve("postgresql.auto.conf");
        List<String> lines = new ArrayList<>(Files.readAllLines(auto));
        lines.removeIf(l -> l.startsWith("primary_conninfo"));
        lines.add("primary_conninfo = '" + conninfo(from) + "'");
        Files.write(auto, lines);
        Path signal = Files.createFile(from.dataDir().resolve("standby.signal"));
        if (cluster.serverUser().isPresent()) {
            Files.setOwner(
                    signal,
                    signal.getFileSystem()
                            .getUserPrincipalLookupService()
                            .lookupPrincipalByName(cluster.serverUser().get()));
        }
        from.start();
        cluster.awaitStreaming();
    }

    private String conninfo(Member of) {
        return "host=" + to.host() + " port=" + to.port() + " user=postgres passfile="
                + cluster.workDir().resolve("secrets/pgpass") + " application_name=" + of.name();
    }

    private static boolean isTrue(Member m, String sql) throws SQLException {
        try (Connection c = m.connect();
                Statement s = c.createStatement();
                ResultSet row = s.executeQuery(sql)) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static void execute(Member m, String sql) throws SQLException {
        try (Connection c = m.connect();
                Statement s = c.createStatement()) {
            s.execute(sql);
        }
    }
}
