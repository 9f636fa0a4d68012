package io.gds.testbed;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

/** What the servers themselves say, asked as superuser over a new connection each time. Thread-safe. */
public final class BedSql {
    /** The administrator's and the application's accounts. */
    public static final String SUPERUSER = "postgres";

    public static final String SUPERUSER_PASSWORD = "super";
    public static final String APP = "app";
    public static final String APP_PASSWORD = "app";
    /** The application's database; it has pgbench's tables. */
    public static final String DATABASE = "bench";

    /** Of what is being written now; the control file is behind until the checkpoint after a promotion. */
    private static final String TIMELINE =
            "select ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int";

    /** No server-side prepared statements: a pooler in transaction mode may not know them. */
    private static final String FOR_POOLERS = "?prepareThreshold=0";

    private final Bed bed;

    BedSql(Bed bed) {
        this.bed = bed;
    }

    /** Straight to one member. */
    public String url(BedNode member, String database) {
        return "jdbc:postgresql://" + member.address() + ":5432/" + database;
    }

    /** To whichever member is the leader, found by the driver. */
    public String directUrl() {
        String hosts = bed.members().stream().map(m -> m.address() + ":5432").collect(Collectors.joining(","));
        return "jdbc:postgresql://" + hosts + "/" + DATABASE
                + "?targetServerType=primary&hostRecheckSeconds=0&connectTimeout=2";
    }

    public String haproxyUrl() {
        return "jdbc:postgresql://" + bed.proxy().address() + ":5000/" + DATABASE;
    }

    /** PgBouncer, whose entry names the leader's host. */
    public String pgbouncerUrl() {
        return "jdbc:postgresql://" + bed.proxy().address() + ":6432/" + DATABASE + FOR_POOLERS;
    }

    /** PgBouncer, which goes through HAProxy. */
    public String pgbouncerThroughHaproxyUrl() {
        return "jdbc:postgresql://" + bed.proxy().address() + ":6432/" + DATABASE + "_haproxy" + FOR_POOLERS;
    }

    /** A connection of the application, for instance to one of the URLs above; the caller closes it. */
    public Connection connectAsApp(String url) throws SQLException {
        return connect(url, APP, APP_PASSWORD);
    }

    public Connection connectAsSuperuser(BedNode member, String database) throws SQLException {
        return connect(url(member, database), SUPERUSER, SUPERUSER_PASSWORD);
    }

    /** The first column of every row, as text; parameters are bound. */
    public List<String> column(BedNode member, String sql, String... parameters) throws SQLException {
        return rows(member, "postgres", sql, parameters);
    }

    /** As {@link #column(BedNode, String, String...)}, in another database. */
    public List<String> columnIn(BedNode member, String database, String sql) throws SQLException {
        return rows(member, database, sql);
    }

    /** The one value that the query answers. */
    public String value(BedNode member, String sql, String... parameters) throws SQLException {
        List<String> rows = column(member, sql, parameters);
        if (rows.size() != 1) {
            throw new SQLException(member + ": expected one row of " + sql + ", found " + rows);
        }
        return rows.get(0);
    }

    /** The version that the running server tells, for instance 15.18; dpkg may say another one. */
    public String runningVersion(BedNode member) throws SQLException {
        return value(member, "show server_version").split(" ", -1)[0];
    }

    public Instant postmasterStart(BedNode member) throws SQLException {
        String epoch = value(member, "select (extract(epoch from pg_postmaster_start_time()) * 1000)::bigint");
        return Instant.ofEpochMilli(Long.parseLong(epoch));
    }

    public boolean inRecovery(BedNode member) throws SQLException {
        return value(member, "select pg_is_in_recovery()").equals("t");
    }

    /** The members that are out of recovery now; one that does not answer is not among them. */
    public List<BedNode> writable() {
        List<BedNode> found = new ArrayList<>();
        for (BedNode m : bed.members()) {
            try {
                if (!inRecovery(m)) {
                    found.add(m);
                }
            } catch (SQLException down) {
                // Not writable, then.
            }
        }
        return found;
    }

    /** The one writable member. */
    public BedNode leader() {
        List<BedNode> found = writable();
        if (found.size() != 1) {
            throw new IllegalStateException("expected one writable member, found " + found);
        }
        return found.get(0);
    }

    /** The members other than the leader, running or not. */
    public List<BedNode> replicas() {
        BedNode leader = leader();
        return bed.members().stream().filter(m -> m != leader).toList();
    }

    /** Whether the replica itself receives from the leader, on the leader's timeline. */
    public boolean streams(BedNode replica, BedNode leader) throws SQLException {
        String timeline = value(leader, TIMELINE);
        return column(
                        replica,
                        "select received_tli from pg_stat_wal_receiver where status = 'streaming' and sender_host = ?",
                        leader.address())
                .equals(List.of(timeline));
    }

    private List<String> rows(BedNode member, String database, String sql, String... parameters) throws SQLException {
        try (Connection c = connectAsSuperuser(member, database);
                PreparedStatement s = c.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                s.setString(i + 1, parameters[i]);
            }
            List<String> rows = new ArrayList<>();
            try (ResultSet r = s.executeQuery()) {
                while (r.next()) {
                    rows.add(String.valueOf(r.getString(1)));
                }
            }
            return rows;
        }
    }

    private static Connection connect(String url, String user, String password) throws SQLException {
        Properties p = new Properties();
        p.setProperty("user", user);
        p.setProperty("password", password);
        p.setProperty("connectTimeout", "3");
        p.setProperty("loginTimeout", "5");
        p.setProperty("socketTimeout", "30");
        return DriverManager.getConnection(url, p);
    }
}
