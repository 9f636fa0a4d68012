package io.gds.testbed;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** What the clients of a write load were told, and the table in which each transaction left a row. Thread-safe. */
final class WriteLedger {
    private record Row(int client, long seq) {}

    /** Not unique: a row that is there twice must be seen. */
    private static final String TABLE =
            "create table if not exists bed_ledger (load text not null, client int not null, seq bigint not null)";

    private final String load = UUID.randomUUID().toString();
    private final Set<Row> committed = new HashSet<>();
    private final Set<Row> failed = new HashSet<>();
    private final Set<Row> inDoubt = new HashSet<>();
    private final Map<String, Integer> errors = new TreeMap<>();
    private int refused;
    private long longestTransaction;
    private long longestGap;
    private long lastCommit = System.nanoTime();

    static WriteLedger create(Bed bed) {
        try (Connection c = bed.sql().connectAsApp(bed.sql().url(bed.sql().leader(), BedSql.DATABASE));
                Statement s = c.createStatement()) {
            s.execute(TABLE);
        } catch (SQLException e) {
            throw new AssertionError("cannot create the ledger of the write load", e);
        }
        return new WriteLedger();
    }

    void insert(Connection c, int client, long seq) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("insert into bed_ledger values (?, ?, ?)")) {
            s.setString(1, load);
            s.setInt(2, client);
            s.setLong(3, seq);
            s.executeUpdate();
        }
    }

    synchronized void committed(int client, long seq, long began) {
        long now = System.nanoTime();
        committed.add(new Row(client, seq));
        longestTransaction = Math.max(longestTransaction, now - began);
        longestGap = Math.max(longestGap, now - lastCommit);
        lastCommit = now;
    }

    synchronized void failed(int client, long seq, SQLException e) {
        failed.add(new Row(client, seq));
        count("failed", e);
    }

    synchronized void inDoubt(int client, long seq, SQLException e) {
        inDoubt.add(new Row(client, seq));
        count("in doubt", e);
    }

    synchronized void refused(SQLException e) {
        refused++;
        count("refused", e);
    }

    private void count(String kind, SQLException e) {
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        errors.merge(kind + " " + e.getSQLState() + " " + message, 1, Integer::sum);
    }

    synchronized void ended() {
        longestGap = Math.max(longestGap, System.nanoTime() - lastCommit);
        lastCommit = System.nanoTime();
    }

    synchronized long committed() {
        return committed.size();
    }

    synchronized WriteLoadResult judge(Bed bed) {
        Set<Row> present = new HashSet<>();
        int twice = 0;
        try (Connection c = bed.sql().connectAsSuperuser(bed.sql().leader(), BedSql.DATABASE);
                PreparedStatement s = c.prepareStatement("select client, seq from bed_ledger where load = ?")) {
            s.setString(1, load);
            try (ResultSet r = s.executeQuery()) {
                while (r.next()) {
                    twice += present.add(new Row(r.getInt(1), r.getLong(2))) ? 0 : 1;
                }
            }
        } catch (SQLException e) {
            throw new AssertionError("cannot read the ledger of the write load", e);
        }
        int lost = (int) committed.stream().filter(r -> !present.contains(r)).count();
        int phantoms = (int) failed.stream().filter(present::contains).count();
        return new WriteLoadResult(
                committed.size(),
                failed.size(),
                inDoubt.size(),
                refused,
                lost,
                twice,
                phantoms,
                Duration.ofNanos(longestTransaction),
                Duration.ofNanos(longestGap),
                Map.copyOf(errors));
    }
}
