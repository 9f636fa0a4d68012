package io.gds.database.core.internal.journal;

import io.gds.database.core.internal.json.Json;
import io.gds.database.error.ClaimHeldException;
import io.gds.database.error.DeposedException;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import io.gds.database.plan.Plan;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunId;
import io.gds.database.run.RunStatus;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The journal on embedded SQLite. The lease is part of the run's row, so that one row decides who may write. */
public final class SqliteJournal implements JournalStore {
    private static final String APPEND =
            "INSERT INTO events(run, seq, epoch, at, type, step, data) SELECT ?,?,?,?,?,?,?"
                    + " WHERE EXISTS (SELECT 1 FROM runs WHERE id=? AND epoch=?)";
    private static final String ROW = "SELECT id, kind, title, cluster, plan_hash, status, created_at, due_at, wait,"
            + " holder, holder_host, holder_pid, holder_started, leased_at FROM runs";

    private final Path file;
    private final Sqlite db;
    private final SqliteHistory history;

    /** Opens or creates the journal. */
    public SqliteJournal(Path file) {
        this.file = JournalFile.prepare(file);
        this.db = new Sqlite(this.file);
        Schema.open(db, this.file);
        this.history = new SqliteHistory(db);
    }

    @Override
    public void create(RunId run, Plan plan, Collection<String> claims, List<Draft> first) {
        long now = first.get(0).at().toEpochMilli();
        db.transaction(() -> {
            takeClaims(run, claims, now);
            db.update(
                    "INSERT INTO runs(id, kind, title, cluster, plan_hash, status, created_at, wait) VALUES"
                            + " (?,?,?,?,?,?,?,'{}')",
                    run.value(),
                    plan.kind(),
                    plan.title(),
                    plan.cluster().name(),
                    plan.hash(),
                    RunStatus.RUNNING.name(),
                    now);
            db.update(
                    "INSERT INTO plans(run, plan) VALUES (?,?)",
                    run.value(),
                    plan.document().toJson());
            history.seen(plan, first.get(0).at());
            long seq = 0;
            for (Draft d : first) {
                seq++;
                insertUnfenced(run, seq, d);
            }
            return run;
        });
    }

    private void takeClaims(RunId run, Collection<String> claims, long now) {
        for (String claim : claims) {
            List<String> holders = db.query("SELECT run FROM claims WHERE name=?", rs -> rs.getString(1), claim);
            if (holders.contains(run.value())) {
                continue;
            }
            if (!holders.isEmpty()) {
                throw held("\"" + claim + "\"", find(RunId.of(holders.get(0))).orElseThrow());
            }
            db.update("INSERT INTO claims(name, run, since) VALUES (?,?,?)", claim, run.value(), now);
        }
    }

    private static ClaimHeldException held(String what, StoredRun by) {
        Holder h = by.holder();
        Instant leased = by.leasedAt();
        return new ClaimHeldException(
                what,
                by.run().value(),
                h == null ? "nobody (the run is " + by.status() + ")" : h.name(),
                h == null ? "none" : h.host(),
                leased == null ? by.createdAt() : leased);
    }

    @Override
    public Optional<StoredRun> find(RunId run) {
        return db.query(ROW + " WHERE id=?", SqliteJournal::row, run.value()).stream()
                .findFirst();
    }

    @Override
    public List<StoredRun> list(Collection<RunStatus> statuses, int limit) {
        if (statuses.isEmpty()) {
            return db.query(ROW + " ORDER BY created_at DESC, id DESC LIMIT ?", SqliteJournal::row, limit);
        }
        String marks = statuses.stream().map(s -> "?").collect(Collectors.joining(","));
        Object[] values = new Object[statuses.size() + 1];
        int i = 0;
        for (RunStatus s : statuses) {
            values[i++] = s.name();
        }
        values[i] = limit;
        return db.query(
                ROW + " WHERE status IN (" + marks + ") ORDER BY created_at DESC, id DESC LIMIT ?",
                SqliteJournal::row,
                values);
    }

    @Override
    public List<RunId> due(Instant now, int limit) {
        return db.query(
                "SELECT id FROM runs WHERE due_at IS NOT NULL AND due_at <= ? ORDER BY due_at LIMIT ?",
                rs -> RunId.of(rs.getString(1)),
                now.toEpochMilli(),
                limit);
    }

    @Override
    public Plan plan(RunId run) {
        return db.query("SELECT plan FROM plans WHERE run=?", rs -> rs.getString(1), run.value()).stream()
                .findFirst()
                .map(text -> Plan.fromDocument(Json.parse(text)))
                .orElseThrow(() -> unknown(run));
    }

    @Override
    public List<RunEvent> events(RunId run, long after) {
        return db.query(
                "SELECT seq, at, type, step, data FROM events WHERE run=? AND seq>? ORDER BY seq",
                rs -> event(run, rs),
                run.value(),
                after);
    }

    @Override
    public Lease take(RunId run, Holder holder, Duration ttl, Instant now) {
        return db.transaction(() -> {
            StoredRun row = find(run).orElseThrow(() -> unknown(run));
            Holder current = row.holder();
            if (current != null && !holder.provesDead(current)) {
                boolean expired = !db.query(
                                "SELECT 1 FROM runs WHERE id=? AND (lease_until IS NULL OR lease_until < ?)",
                                rs -> 1,
                                run.value(),
                                now.toEpochMilli())
                        .isEmpty();
                if (!expired) {
                    throw held("run " + run, row);
                }
            }
            db.update(
                    "UPDATE runs SET epoch=epoch+1, holder=?, holder_host=?, holder_pid=?, holder_started=?, leased_at=?,"
                            + " lease_until=?, status=?, due_at=NULL WHERE id=?",
                    holder.name(),
                    holder.host(),
                    holder.pid(),
                    holder.startedAt(),
                    now.toEpochMilli(),
                    now.plus(ttl).toEpochMilli(),
                    RunStatus.RUNNING.name(),
                    run.value());
            long epoch = db.query("SELECT epoch FROM runs WHERE id=?", rs -> rs.getLong(1), run.value())
                    .get(0);
            return new Lease(run, epoch, holder);
        });
    }

    @Override
    public void renew(Lease lease, Duration ttl, Instant now) {
        fenced(
                lease,
                db.update(
                        "UPDATE runs SET lease_until=? WHERE id=? AND epoch=?",
                        now.plus(ttl).toEpochMilli(),
                        lease.run().value(),
                        lease.epoch()));
    }

    @Override
    public void fence(Lease lease) {
        fenced(
                lease,
                db.query(
                                "SELECT 1 FROM runs WHERE id=? AND epoch=?",
                                rs -> 1,
                                lease.run().value(),
                                lease.epoch())
                        .size());
    }

    @Override
    public Appended append(Lease lease, long after, List<Draft> drafts) {
        if (drafts.size() == 1) { // one statement is its own transaction: the common case costs one commit
            return appended(lease, after, insertFenced(lease, after + 1, drafts.get(0)), after + 1);
        }
        return db.transaction(() -> {
            long seq = after;
            for (Draft d : drafts) {
                Appended one = appended(lease, seq, insertFenced(lease, seq + 1, d), seq + 1);
                if (one.conflict()) {
                    return one; // only the first can meet a stranger's event: the transaction holds the write lock
                }
                seq++;
            }
            return new Appended(false, seq);
        });
    }

    private static Appended appended(Lease lease, long before, int rows, long seq) {
        if (rows == 0) {
            throw new DeposedException(lease.run().value(), lease.epoch());
        }
        return rows < 0 ? new Appended(true, before) : new Appended(false, seq);
    }

    private int insertFenced(Lease lease, long seq, Draft d) {
        return db.insert(
                APPEND,
                lease.run().value(),
                seq,
                lease.epoch(),
                d.at().toEpochMilli(),
                d.type().name(),
                d.step() == null ? Sqlite.None.NULL : d.step(),
                d.data().toJson(),
                lease.run().value(),
                lease.epoch());
    }

    private void insertUnfenced(RunId run, long seq, Draft d) {
        db.update(
                "INSERT INTO events(run, seq, epoch, at, type, step, data) VALUES (?,?,0,?,?,?,?)",
                run.value(),
                seq,
                d.at().toEpochMilli(),
                d.type().name(),
                d.step() == null ? Sqlite.None.NULL : d.step(),
                d.data().toJson());
    }

    @Override
    public void waiting(Lease lease, Params wait, @Nullable Instant due) {
        fenced(
                lease,
                db.update(
                        "UPDATE runs SET wait=? WHERE id=? AND epoch=?",
                        (due == null ? wait : wait.with("due", due.toString())).toJson(),
                        lease.run().value(),
                        lease.epoch()));
    }

    @Override
    public void park(Lease lease, Params wait, Instant due) {
        handBack(lease, RunStatus.WAITING, wait, due.toEpochMilli());
    }

    @Override
    public void release(Lease lease, RunStatus status, boolean withClaims) {
        db.transaction(() -> {
            handBack(lease, status, Params.empty(), Sqlite.None.NULL);
            if (withClaims) {
                breakClaims(lease.run());
            }
            return status;
        });
    }

    private void handBack(Lease lease, RunStatus status, Params wait, Object due) {
        fenced(
                lease,
                db.update(
                        "UPDATE runs SET status=?, wait=?, due_at=?, holder=NULL, lease_until=NULL WHERE id=? AND epoch=?",
                        status.name(),
                        wait.toJson(),
                        due,
                        lease.run().value(),
                        lease.epoch()));
    }

    @Override
    public RunEvent appendForeign(RunId run, Draft draft) {
        return db.transaction(() -> {
            if (find(run).isEmpty()) {
                throw unknown(run);
            }
            long seq = db.query(
                            "SELECT COALESCE(MAX(seq), 0) FROM events WHERE run=?", rs -> rs.getLong(1), run.value())
                    .get(0);
            insertUnfenced(run, seq + 1, draft);
            db.update(
                    "UPDATE runs SET due_at=? WHERE id=? AND status=?",
                    draft.at().toEpochMilli(),
                    run.value(),
                    RunStatus.WAITING.name());
            return draft.step() == null
                    ? RunEvent.ofRun(run, seq + 1, draft.at(), draft.type(), draft.data())
                    : RunEvent.ofStep(run, seq + 1, draft.at(), draft.type(), draft.step(), draft.data());
        });
    }

    @Override
    public void claim(RunId run, Collection<String> claims, Instant now) {
        db.transaction(() -> {
            takeClaims(run, claims, now.toEpochMilli());
            return run;
        });
    }

    @Override
    public void breakClaims(RunId run) {
        db.update("DELETE FROM claims WHERE run=?", run.value());
    }

    @Override
    public List<String> claims(RunId run) {
        return db.query("SELECT name FROM claims WHERE run=? ORDER BY name", rs -> rs.getString(1), run.value());
    }

    @Override
    public Optional<HistoryStore> history() {
        return Optional.of(history);
    }

    @Override
    public Path location() {
        return file;
    }

    @Override
    public void close() {
        db.close();
    }

    private static void fenced(Lease lease, int rows) {
        if (rows == 0) {
            throw new DeposedException(lease.run().value(), lease.epoch());
        }
    }

    private static GdsDatabaseException unknown(RunId run) {
        return GdsDatabaseException.user("GDS-RUN-UNKNOWN")
                .message("there is no run " + run + " in this journal.")
                .remedy("list the runs with patcher.runs().list().")
                .build();
    }

    private static RunEvent event(RunId run, ResultSet rs) throws SQLException {
        RunEvent.Type type = RunEvent.Type.valueOf(rs.getString(3));
        Instant at = Instant.ofEpochMilli(rs.getLong(2));
        String step = rs.getString(4);
        Params data = Json.parse(rs.getString(5));
        return step == null
                ? RunEvent.ofRun(run, rs.getLong(1), at, type, data)
                : RunEvent.ofStep(run, rs.getLong(1), at, type, step, data);
    }

    private static StoredRun row(ResultSet rs) throws SQLException {
        String holder = rs.getString(10);
        return new StoredRun(
                RunId.of(rs.getString(1)),
                rs.getString(2),
                rs.getString(3),
                rs.getString(4),
                rs.getString(5),
                RunStatus.valueOf(rs.getString(6)),
                Instant.ofEpochMilli(rs.getLong(7)),
                instant(rs, 8),
                Json.parse(rs.getString(9)),
                holder == null ? null : new Holder(holder, rs.getString(11), rs.getLong(12), rs.getLong(13)),
                instant(rs, 14));
    }

    private static @Nullable Instant instant(ResultSet rs, int column) throws SQLException {
        long value = rs.getLong(column);
        return rs.wasNull() ? null : Instant.ofEpochMilli(value);
    }
}
