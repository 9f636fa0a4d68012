package io.gds.database.testkit;

import io.gds.database.core.internal.journal.Draft;
import io.gds.database.core.internal.journal.Holder;
import io.gds.database.core.internal.journal.JournalStore;
import io.gds.database.core.internal.journal.Lease;
import io.gds.database.core.internal.journal.StoredRun;
import io.gds.database.error.ClaimHeldException;
import io.gds.database.error.DeposedException;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import io.gds.database.plan.Plan;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunId;
import io.gds.database.run.RunStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A journal that is forgotten with its object; behaves as the one on SQLite. Thread-safe. */
final class MemoryJournal implements JournalStore {
    private static final class Row {
        final Plan plan;
        final Instant createdAt;
        final List<RunEvent> events = new ArrayList<>();
        RunStatus status = RunStatus.RUNNING;

        @Nullable
        Instant due;

        Params wait = Params.empty();
        long epoch;

        @Nullable
        Holder holder;

        @Nullable
        Instant leasedAt;

        @Nullable
        Instant leaseUntil;

        Row(Plan plan, Instant createdAt) {
            this.plan = plan;
            this.createdAt = createdAt;
        }
    }

    private final Path location;
    private final Map<RunId, Row> rows = new LinkedHashMap<>();
    private final Map<String, RunId> claims = new TreeMap<>();

    MemoryJournal(Path location) {
        this.location = location;
    }

    private Row row(RunId run) {
        Row r = rows.get(run);
        if (r == null) {
            throw GdsDatabaseException.user("GDS-RUN-UNKNOWN")
                    .message("there is no run " + run + " in this journal.")
                    .remedy("list the runs with patcher.runs().list().")
                    .build();
        }
        return r;
    }

    private Row fenced(Lease lease) {
        Row r = row(lease.run());
        if (r.epoch != lease.epoch()) {
            throw new DeposedException(lease.run().value(), lease.epoch());
        }
        return r;
    }

    private static StoredRun stored(RunId id, Row r) {
        return new StoredRun(
                id,
                r.plan.kind(),
                r.plan.title(),
                r.plan.cluster().name(),
                r.plan.hash(),
                r.status,
                r.createdAt,
                r.due,
                r.wait,
                r.holder,
                r.leasedAt);
    }

    @Override
    public synchronized void create(RunId run, Plan plan, Collection<String> wanted, List<Draft> first) {
        if (rows.containsKey(run)) {
            throw GdsDatabaseException.environment("GDS-JOURNAL-IO")
                    .message("there is a run " + run + " already.")
                    .remedy("use another name.")
                    .build();
        }
        Instant now = first.get(0).at();
        claim(run, wanted, now);
        Row r = new Row(plan, now);
        first.forEach(d -> r.events.add(event(run, r.events.size() + 1L, d)));
        rows.put(run, r);
    }

    @Override
    public synchronized Optional<StoredRun> find(RunId run) {
        return Optional.ofNullable(rows.get(run)).map(r -> stored(run, r));
    }

    @Override
    public synchronized List<StoredRun> list(Collection<RunStatus> statuses, int limit) {
        return rows.entrySet().stream()
                .map(e -> stored(e.getKey(), e.getValue()))
                .filter(r -> statuses.isEmpty() || statuses.contains(r.status()))
                .sorted(Comparator.comparing(StoredRun::createdAt).reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<RunId> due(Instant now, int limit) {
        return rows.entrySet().stream()
                .filter(e -> e.getValue().due != null && !now.isBefore(e.getValue().due))
                .map(Map.Entry::getKey)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Plan plan(RunId run) {
        return row(run).plan;
    }

    @Override
    public synchronized List<RunEvent> events(RunId run, long after) {
        List<RunEvent> all = row(run).events;
        return List.copyOf(all.subList(Math.toIntExact(Math.min(after, all.size())), all.size()));
    }

    @Override
    public synchronized Lease take(RunId run, Holder holder, Duration ttl, Instant now) {
        Row r = row(run);
        Holder current = r.holder;
        boolean expired = r.leaseUntil == null || r.leaseUntil.isBefore(now);
        if (current != null && !holder.provesDead(current) && !expired) {
            throw held("run " + run, run, r);
        }
        r.epoch++;
        r.holder = holder;
        r.leasedAt = now;
        r.leaseUntil = now.plus(ttl);
        r.status = RunStatus.RUNNING;
        r.due = null;
        return new Lease(run, r.epoch, holder);
    }

    private static ClaimHeldException held(String what, RunId by, Row r) {
        Holder h = r.holder;
        return new ClaimHeldException(
                what,
                by.value(),
                h == null ? "nobody (the run is " + r.status + ")" : h.name(),
                h == null ? "none" : h.host(),
                r.leasedAt == null ? r.createdAt : r.leasedAt);
    }

    @Override
    public synchronized void renew(Lease lease, Duration ttl, Instant now) {
        fenced(lease).leaseUntil = now.plus(ttl);
    }

    @Override
    public synchronized void fence(Lease lease) {
        fenced(lease);
    }

    @Override
    public synchronized Appended append(Lease lease, long after, List<Draft> drafts) {
        Row r = fenced(lease);
        if (r.events.size() != after) {
            return new Appended(true, after);
        }
        drafts.forEach(d -> r.events.add(event(lease.run(), r.events.size() + 1L, d)));
        return new Appended(false, r.events.size());
    }

    private static RunEvent event(RunId run, long seq, Draft d) {
        return d.step() == null
                ? RunEvent.ofRun(run, seq, d.at(), d.type(), d.data())
                : RunEvent.ofStep(run, seq, d.at(), d.type(), d.step(), d.data());
    }

    @Override
    public synchronized void waiting(Lease lease, Params wait, @Nullable Instant due) {
        fenced(lease).wait = due == null ? wait : wait.with("due", due.toString());
    }

    @Override
    public synchronized void park(Lease lease, Params wait, Instant due) {
        handBack(lease, RunStatus.WAITING, wait, due);
    }

    @Override
    public synchronized void release(Lease lease, RunStatus status, boolean withClaims) {
        handBack(lease, status, Params.empty(), null);
        if (withClaims) {
            breakClaims(lease.run());
        }
    }

    private void handBack(Lease lease, RunStatus status, Params wait, @Nullable Instant due) {
        Row r = fenced(lease);
        r.status = status;
        r.wait = wait;
        r.due = due;
        r.holder = null;
        r.leaseUntil = null;
    }

    @Override
    public synchronized RunEvent appendForeign(RunId run, Draft draft) {
        Row r = row(run);
        RunEvent e = event(run, r.events.size() + 1L, draft);
        r.events.add(e);
        if (r.status == RunStatus.WAITING) {
            r.due = draft.at();
        }
        return e;
    }

    @Override
    public synchronized void claim(RunId run, Collection<String> wanted, Instant now) {
        for (String c : wanted) {
            RunId by = claims.get(c);
            if (by != null && !by.equals(run)) {
                throw held("\"" + c + "\"", by, row(by));
            }
        }
        wanted.forEach(c -> claims.put(c, run));
    }

    @Override
    public synchronized void breakClaims(RunId run) {
        claims.values().removeIf(run::equals);
    }

    @Override
    public synchronized List<String> claims(RunId run) {
        return claims.entrySet().stream()
                .filter(e -> e.getValue().equals(run))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public Path location() {
        return location;
    }

    @Override
    public void close() {}
}
