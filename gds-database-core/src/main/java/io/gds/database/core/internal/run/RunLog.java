package io.gds.database.core.internal.run;

import io.gds.database.core.internal.journal.Draft;
import io.gds.database.core.internal.journal.JournalStore;
import io.gds.database.core.internal.journal.Lease;
import io.gds.database.plan.Params;
import io.gds.database.run.Blocked;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunListener;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The journal as the driver of one run writes and reads it: what is durable is folded and shown, in that order, whoever wrote
 * it. Confined to the coordinating thread.
 */
final class RunLog {
    /** A wait is written for others to read when it lasts: each row costs a commit on disk. */
    private static final Duration WORTH_WRITING = Duration.ofMillis(500);

    private final JournalStore journal;
    private final Lease lease;
    private final RunState state;
    private final RunListener listener;
    private final Clock clock;
    private final Runnable onStopRequest;
    private String shownWait = "";
    private String writtenWait = "";

    RunLog(
            JournalStore journal,
            Lease lease,
            RunState state,
            RunListener listener,
            Clock clock,
            Runnable onStopRequest) {
        this.journal = journal;
        this.lease = lease;
        this.state = state;
        this.listener = listener;
        this.clock = clock;
        this.onStopRequest = onStopRequest;
    }

    /** Remembers a wait, shows it when it says something new, and writes its row when it lasts. */
    void waits(String id, Blocked b) {
        state.waits(id, b, clock.instant());
        RunState.Wait wait = state.waitOf(id);
        boolean lasts = b.recheck().compareTo(WORTH_WRITING) >= 0
                || (wait != null && !wait.since().plus(WORTH_WRITING).isAfter(clock.instant()));
        if (lasts && !writtenWait.equals(id + b)) {
            writtenWait = id + b;
            journal.waiting(
                    lease,
                    Params.of("what", id, "blocked", b.document()),
                    clock.instant().plus(b.recheck()));
        }
        if (!shownWait.equals(id + b)) {
            shownWait = id + b;
            show(RunEvent.Type.WAITING, id, b.document().with("text", b.toString()));
        }
    }

    /** People and other processes append too: approvals, a request to stop. */
    void listenToOthers() {
        for (RunEvent e : journal.events(lease.run(), state.seq())) {
            fold(e);
            if (e.type() == RunEvent.Type.CANCEL_REQUESTED) {
                onStopRequest.run();
            }
        }
    }

    void append(RunEvent.Type type, @Nullable String step, Params data) {
        append(List.of(new Draft(type, step, data, clock.instant())));
    }

    void append(List<Draft> drafts) {
        JournalStore.Appended done = journal.append(lease, state.seq(), drafts);
        while (done.conflict()) {
            listenToOthers();
            done = journal.append(lease, state.seq(), drafts);
        }
        long seq = done.lastSeq() - drafts.size();
        for (Draft d : drafts) {
            seq++;
            fold(
                    d.step() == null
                            ? RunEvent.ofRun(lease.run(), seq, d.at(), d.type(), d.data())
                            : RunEvent.ofStep(lease.run(), seq, d.at(), d.type(), d.step(), d.data()));
        }
    }

    private void fold(RunEvent e) {
        state.apply(e);
        if (e.type() == RunEvent.Type.GATE_APPROVED) {
            state.waits().remove("gate:" + e.data().string("gate"));
        }
        listener.onEvent(e);
    }

    void show(RunEvent.Type type, String step, Params data) {
        listener.onEvent(RunEvent.ofStep(lease.run(), 0, clock.instant(), type, step, data));
    }
}
