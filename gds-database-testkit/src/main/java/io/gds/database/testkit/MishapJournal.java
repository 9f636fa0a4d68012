package io.gds.database.testkit;

import io.gds.database.core.internal.journal.Draft;
import io.gds.database.core.internal.journal.HistoryStore;
import io.gds.database.core.internal.journal.Holder;
import io.gds.database.core.internal.journal.JournalStore;
import io.gds.database.core.internal.journal.Lease;
import io.gds.database.core.internal.journal.StoredRun;
import io.gds.database.plan.Params;
import io.gds.database.plan.Plan;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunId;
import io.gds.database.run.RunStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The journal as one simulated process uses it: dies before or after a planned write, and says who holds a lease. */
final class MishapJournal implements JournalStore {
    private final JournalStore real;
    private final Mishaps mishaps;
    private final Holder self;

    MishapJournal(JournalStore real, Mishaps mishaps, Holder self) {
        this.real = real;
        this.mishaps = mishaps;
        this.self = self;
    }

    private <T> T written(Supplier<T> write) {
        mishaps.beforeWrite();
        T result = write.get();
        mishaps.afterWrite();
        return result;
    }

    private void written(Runnable write) {
        mishaps.beforeWrite();
        write.run();
        mishaps.afterWrite();
    }

    private JournalStore read() {
        mishaps.check();
        return real;
    }

    @Override
    public void create(RunId run, Plan plan, Collection<String> claims, List<Draft> first) {
        written(() -> real.create(run, plan, claims, first));
    }

    @Override
    public Optional<StoredRun> find(RunId run) {
        return read().find(run);
    }

    @Override
    public List<StoredRun> list(Collection<RunStatus> statuses, int limit) {
        return read().list(statuses, limit);
    }

    @Override
    public List<RunId> due(Instant now, int limit) {
        return read().due(now, limit);
    }

    @Override
    public Plan plan(RunId run) {
        return read().plan(run);
    }

    @Override
    public List<RunEvent> events(RunId run, long after) {
        return read().events(run, after);
    }

    @Override
    public Lease take(RunId run, Holder holder, Duration ttl, Instant now) {
        return written(() -> real.take(run, self, ttl, now));
    }

    @Override
    public void renew(Lease lease, Duration ttl, Instant now) {
        if (!mishaps.isAsleep() && !mishaps.isDead()) {
            real.renew(lease, ttl, now);
        }
    }

    @Override
    public void fence(Lease lease) {
        read().fence(lease);
    }

    @Override
    public Appended append(Lease lease, long after, List<Draft> drafts) {
        return written(() -> real.append(lease, after, drafts));
    }

    @Override
    public void waiting(Lease lease, Params wait, @Nullable Instant due) {
        written(() -> real.waiting(lease, wait, due));
    }

    @Override
    public void park(Lease lease, Params wait, Instant due) {
        written(() -> real.park(lease, wait, due));
    }

    @Override
    public void release(Lease lease, RunStatus status, boolean withClaims) {
        written(() -> real.release(lease, status, withClaims));
    }

    @Override
    public RunEvent appendForeign(RunId run, Draft draft) {
        return written(() -> real.appendForeign(run, draft));
    }

    @Override
    public void claim(RunId run, Collection<String> claims, Instant now) {
        written(() -> real.claim(run, claims, now));
    }

    @Override
    public void breakClaims(RunId run) {
        written(() -> real.breakClaims(run));
    }

    @Override
    public List<String> claims(RunId run) {
        return read().claims(run);
    }

    @Override
    public Optional<HistoryStore> history() {
        return real.history();
    }

    @Override
    public Path location() {
        return real.location();
    }

    @Override
    public void close() {}
}
