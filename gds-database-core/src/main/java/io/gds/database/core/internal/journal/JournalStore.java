package io.gds.database.core.internal.journal;

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
import org.jspecify.annotations.Nullable;

/**
 * Where runs are kept. Every write by a driver carries its lease and fails with {@code DeposedException} once another
 * holder has taken over. Thread-safe.
 */
public interface JournalStore extends AutoCloseable {
    /** Result of a fenced append: the last sequence number, or nothing when somebody else appended in between. */
    record Appended(boolean conflict, long lastSeq) {}

    /**
     * Creates a run with its claims and its first events, or nothing of it.
     *
     * @param first what is known of the run from the beginning; at least one event
     * @throws io.gds.database.error.ClaimHeldException when another run holds one of the claims
     */
    void create(RunId run, Plan plan, Collection<String> claims, List<Draft> first);

    /** A run's row. */
    Optional<StoredRun> find(RunId run);

    /** Rows of runs, newest first; all of them when no status is given. */
    List<StoredRun> list(Collection<RunStatus> statuses, int limit);

    /** Waiting runs whose time has come, the longest overdue first. */
    List<RunId> due(Instant now, int limit);

    /** The plan of a run. */
    Plan plan(RunId run);

    /** Events after a sequence number, in order. */
    List<RunEvent> events(RunId run, long after);

    /**
     * Takes the lease of a run that nobody live holds.
     *
     * @throws io.gds.database.error.ClaimHeldException when somebody live holds it
     */
    Lease take(RunId run, Holder holder, Duration ttl, Instant now);

    /** Prolongs the lease. */
    void renew(Lease lease, Duration ttl, Instant now);

    /** Makes sure the lease still stands. */
    void fence(Lease lease);

    /** Appends events after the given sequence number, all or none. */
    Appended append(Lease lease, long after, List<Draft> drafts);

    /** Updates what the run waits for; a row, not an event. */
    void waiting(Lease lease, Params wait, @Nullable Instant due);

    /** Ends this holder's time with a run that waits until it is due: gives the lease back and keeps the claims. */
    void park(Lease lease, Params wait, Instant due);

    /** Ends this holder's time with a run that has ended or cannot go on: gives the lease and, if said so, the claims back. */
    void release(Lease lease, RunStatus status, boolean withClaims);

    /** Appends what somebody without a lease has to say, and makes a waiting run due. */
    RunEvent appendForeign(RunId run, Draft draft);

    /** Takes claims for a run again. */
    void claim(RunId run, Collection<String> claims, Instant now);

    /** Removes a run's claims by name. */
    void breakClaims(RunId run);

    /** Claims of a run. */
    List<String> claims(RunId run);

    /** Tables over all runs; empty for a store that cannot be asked for them. */
    default Optional<HistoryStore> history() {
        return Optional.empty();
    }

    /** Where the journal lives, for files beside it. */
    Path location();

    @Override
    void close();
}
