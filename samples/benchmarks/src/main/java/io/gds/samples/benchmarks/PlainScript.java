package io.gds.samples.benchmarks;

import io.gds.samples.embedded.EmbeddedCluster;
import io.gds.samples.embedded.Member;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * What an administrator would write: the shortest right sequence of pg_ctl and SQL, without a journal, a way back, or
 * anybody who could carry on. The bare one proves only what must be proven before a promotion; the gated one holds every
 * member to the same conditions as the library does.
 */
final class PlainScript implements AutoCloseable {
    /** What the script does besides the bare sequence. */
    record Style(boolean gates, boolean cascade, boolean synchronous) {}

    private static final long HELD = TimeUnit.SECONDS.toNanos(1);
    private static final List<String> PRE_CHECKS = List.of(
            "SELECT name FROM pg_settings WHERE pending_restart",
            "SELECT name FROM pg_file_settings WHERE error IS NOT NULL AND error <> 'setting could not be applied'",
            "SELECT line_number FROM pg_hba_file_rules WHERE error IS NOT NULL",
            "SELECT datname FROM pg_database WHERE datcollversion IS DISTINCT FROM"
                    + " pg_database_collation_actual_version(oid)",
            "SELECT collname FROM pg_collation WHERE collversion IS DISTINCT FROM pg_collation_actual_version(oid)",
            "SELECT 1 WHERE pg_is_in_recovery() AND pg_is_wal_replay_paused()",
            "SELECT name, setting FROM pg_settings WHERE name IN ('max_connections', 'max_worker_processes',"
                    + " 'max_wal_senders', 'max_prepared_transactions', 'max_locks_per_transaction') AND false",
            "SELECT slot_name FROM pg_replication_slots WHERE wal_status IN ('lost', 'unreserved')",
            "SELECT gid FROM pg_prepared_xacts",
            "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND xact_start < clock_timestamp() -"
                    + " interval '15 s' AND pid <> pg_backend_pid()",
            "SELECT pid FROM pg_stat_progress_vacuum UNION ALL SELECT pid FROM pg_stat_progress_create_index",
            "SELECT indexrelid FROM pg_index WHERE NOT (indisvalid AND indisready AND indislive)",
            "SELECT datname FROM pg_stat_database WHERE checksum_failures > 0");

    private final EmbeddedCluster cluster;
    private final String version;
    private final Style style;
    private final Map<String, Connection> open = new HashMap<>();

    PlainScript(EmbeddedCluster cluster, String version, Style style) {
        this.cluster = cluster;
        this.version = version;
        this.style = style;
    }

    /** Patches all members; n1 is primary before, n2 after. */
    void run() throws SQLException, IOException, InterruptedException {
        Member primary = cluster.member("n1");
        Member candidate = cluster.member("n2");
        Member other = cluster.member("n3");
        if (style.gates()) {
            preChecks(primary, List.of(candidate, other));
        }
        for (Member standby : List.of(candidate, other)) {
            if (style.gates()) {
                mayStop(standby, primary);
            }
            patch(standby);
            await(standby.name() + " streams", () -> streams(standby, primary));
            if (style.gates()) {
                gate(standby, primary);
            }
        }
        if (style.synchronous()) {
            execute(candidate, "ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 (n1, n3)'");
            execute(candidate, "SELECT pg_reload_conf()");
        }
        if (style.cascade()) {
            follow(other, candidate);
            await("n3 streams from n2", () -> streams(other, candidate));
        }
        execute(candidate, "CHECKPOINT");
        execute(primary, "CHECKPOINT");
        switchOver(primary, candidate);
        if (!style.cascade()) {
            follow(other, candidate);
        }
        startAsStandby(primary, candidate);
        await("n1 streams", () -> streams(primary, candidate));
        if (style.gates()) {
            gate(primary, candidate);
            postChecks(candidate, List.of(primary, other));
        }
    }

    private void patch(Member m) throws IOException, InterruptedException, SQLException {
        forget(m);
        pgCtl(m, "-m", "fast", "-w", "-t", "60", "-s", "stop");
        m.install(version);
        pgCtl(m, "-l", m.logFile().toString(), "-w", "-t", "60", "-s", "start");
    }

    /** The primary down in order, the proof that all it wrote is there, the promotion. */
    private void switchOver(Member primary, Member candidate) throws IOException, InterruptedException, SQLException {
        connection(candidate);
        forget(primary);
        pgCtl(primary, "-m", "fast", "-w", "-t", "60", "-s", "stop");
        ByteBuffer control = ByteBuffer.wrap(
                        Files.readAllBytes(primary.dataDir().resolve("global/pg_control")))
                .order(ByteOrder.LITTLE_ENDIAN);
        if (control.getInt(16) != 1) {
            throw new IllegalStateException("n1 is not shut down: " + control.getInt(16));
        }
        long checkpoint = control.getLong(32);
        await(
                "the shutdown checkpoint is on n2",
                () -> ask(candidate, "SELECT (pg_last_wal_replay_lsn() - '0/0')::bigint > " + checkpoint));
        if (!ask(candidate, "SELECT pg_promote(true, 30)")) {
            throw new IllegalStateException("n2 was not promoted");
        }
    }

    private void follow(Member standby, Member upstream) throws SQLException {
        execute(
                standby,
                "ALTER SYSTEM SET primary_conninfo = '"
                        + conninfo(standby, upstream).replace("'", "''") + "'");
        execute(standby, "SELECT pg_reload_conf()");
    }

    private void startAsStandby(Member former, Member upstream) throws IOException, InterruptedException {
        Path auto = former.dataDir().resolve("postgresql.auto.conf");
        List<String> lines = new ArrayList<>(Files.readAllLines(auto));
        lines.removeIf(l -> l.startsWith("primary_conninfo"));
        lines.add("primary_conninfo = '" + conninfo(former, upstream) + "'");
        Files.write(auto, lines);
        Path signal = Files.createFile(former.dataDir().resolve("standby.signal"));
        Optional<String> user = cluster.serverUser();
        if (user.isPresent()) {
            Files.setOwner(
                    signal,
                    signal.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user.get()));
        }
        former.install(version);
        pgCtl(former, "-l", former.logFile().toString(), "-w", "-t", "60", "-s", "start");
    }

    private String conninfo(Member of, Member to) {
        return "host=" + to.host() + " port=" + to.port() + " user=postgres passfile="
                + cluster.workDir().resolve("secrets/pgpass") + " application_name=" + of.name();
    }

    private void preChecks(Member primary, List<Member> standbys)
            throws SQLException, IOException, InterruptedException {
        if (ask(primary, "SELECT pg_is_in_recovery()")) {
            throw new IllegalStateException("n1 is no primary");
        }
        List<Member> all = new ArrayList<>(standbys);
        all.add(primary);
        for (Member m : all) {
            if (!text(m, "SELECT system_identifier::text FROM pg_control_system()")
                    .equals(text(primary, "SELECT system_identifier::text FROM pg_control_system()"))) {
                throw new IllegalStateException(m.name() + " is another cluster's");
            }
            for (String check : PRE_CHECKS) {
                if (exists(m, check)) {
                    throw new IllegalStateException(m.name() + ": " + check);
                }
            }
            if (Files.getFileStore(m.dataDir().resolve("pg_wal")).getUsableSpace() < (64L << 20)) {
                throw new IllegalStateException("the disk of " + m.name() + " is full");
            }
            if (!Files.isDirectory(cluster.versionsDir().resolve(version).resolve("bin"))) {
                throw new IllegalStateException(version + " is not there");
            }
        }
        for (Member s : standbys) {
            await(s.name() + " streams", () -> streams(s, primary));
        }
    }

    private void mayStop(Member standby, Member primary) throws SQLException {
        if (ask(primary, "SELECT pg_is_in_recovery()")) {
            throw new IllegalStateException("n1 is no primary");
        }
        for (Member m : cluster.members()) {
            if (!m.equals(standby) && !m.equals(primary) && !streams(m, primary)) {
                throw new IllegalStateException(m.name() + " does not stream");
            }
        }
    }

    /** Right version, same system, streaming on the same timeline, replayed past a position read after the start; for 1 s. */
    private void gate(Member standby, Member primary) throws SQLException, InterruptedException {
        String position = text(primary, "SELECT pg_current_wal_lsn()::text");
        await(standby.name() + " has replayed", () -> inOrder(standby, primary, position));
        long since = System.nanoTime();
        while (true) {
            if (!inOrder(standby, primary, position)) {
                throw new IllegalStateException(standby.name() + " fell out of order");
            }
            long left = HELD - (System.nanoTime() - since);
            if (left <= 0) {
                return;
            }
            Thread.sleep(Math.min(200, TimeUnit.NANOSECONDS.toMillis(left) + 1));
        }
    }

    private boolean inOrder(Member standby, Member primary, String position) {
        String timeline = text(
                primary, "SELECT ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int::text");
        String system = text(primary, "SELECT system_identifier::text FROM pg_control_system()");
        return ask(
                standby,
                "SELECT current_setting('server_version') LIKE '" + version + "%' AND pg_is_in_recovery()"
                        + " AND (SELECT system_identifier::text FROM pg_control_system()) = '" + system + "'"
                        + " AND (SELECT status = 'streaming' AND received_tli = " + timeline
                        + " FROM pg_stat_wal_receiver) AND pg_last_wal_replay_lsn() >= '" + position + "'");
    }

    private void postChecks(Member primary, List<Member> standbys) throws InterruptedException {
        for (Member s : standbys) {
            await(s.name() + " streams", () -> streams(s, primary));
        }
        for (Member m : cluster.members()) {
            if (!ask(m, "SELECT current_setting('server_version') LIKE '" + version + "%'")) {
                throw new IllegalStateException(m.name() + " runs another version");
            }
        }
    }

    private boolean streams(Member standby, Member upstream) {
        return ask(
                upstream,
                "SELECT count(*) > 0 FROM pg_stat_replication WHERE state = 'streaming' AND application_name = '"
                        + standby.name() + "'");
    }

    private boolean ask(Member m, String sql) {
        return text(m, sql).equals("t");
    }

    /** The first column of the only row; empty while the member does not answer. */
    private String text(Member m, String sql) {
        try (Statement s = connection(m).createStatement();
                ResultSet rs = s.executeQuery(sql)) {
            String value = rs.next() ? rs.getString(1) : null;
            return value == null ? "" : value;
        } catch (SQLException e) {
            forget(m);
            return "";
        }
    }

    private boolean exists(Member m, String sql) throws SQLException {
        try (Statement s = connection(m).createStatement();
                ResultSet rs = s.executeQuery(sql)) {
            return rs.next();
        }
    }

    private void execute(Member m, String sql) throws SQLException {
        try (Statement s = connection(m).createStatement()) {
            s.execute(sql);
        }
    }

    private Connection connection(Member m) throws SQLException {
        Connection c = open.get(m.name());
        if (c == null) {
            c = m.connect();
            open.put(m.name(), c);
        }
        return c;
    }

    private void forget(Member m) {
        Connection c = open.remove(m.name());
        if (c != null) {
            try {
                c.close();
            } catch (SQLException e) {
                return; // the server has closed it
            }
        }
    }

    private static void await(String what, BooleanSupplier fact) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!fact.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not within 30 s: " + what);
            }
            Thread.sleep(5);
        }
    }

    private void pgCtl(Member m, String... arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>();
        cluster.serverUser()
                .ifPresent(u ->
                        words.addAll(List.of("setpriv", "--reuid=" + u, "--regid=nogroup", "--clear-groups", "--")));
        words.add(m.currentLink().resolve("bin/pg_ctl").toString());
        words.add("-D");
        words.add(m.dataDir().toString());
        words.addAll(List.of(arguments));
        Path output = Files.createTempFile("script", ".out");
        Process p = new ProcessBuilder(words)
                .directory(cluster.workDir().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (p.waitFor() != 0) {
            throw new IllegalStateException(words + ": " + Files.readString(output, StandardCharsets.UTF_8));
        }
        Files.delete(output);
    }

    @Override
    public void close() {
        List.copyOf(cluster.members()).forEach(this::forget);
    }
}
