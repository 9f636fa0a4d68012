package io.gds.database.core.internal.report;

import io.gds.database.plan.Params;
import io.gds.database.run.RunEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The time in which one process led the run.
 *
 * @param holder the process's name
 * @param host where it ran
 * @param pid its process id, empty when not known
 * @param epoch the fencing token, empty when not known
 * @param time from taking the lease to the last sign of life
 * @param end why it ended, in words
 * @param lost whether it ended without giving the lease back
 */
record Drive(String holder, String host, String pid, String epoch, Interval time, String end, boolean lost) {
    /** Events that other processes may write while nobody drives; they are no sign of life. */
    private static final Set<RunEvent.Type> BY_OTHERS = EnumSet.of(
            RunEvent.Type.GATE_APPROVED,
            RunEvent.Type.FINDING_ACKNOWLEDGED,
            RunEvent.Type.CANCEL_REQUESTED,
            RunEvent.Type.STEP_SETTLED,
            RunEvent.Type.RUN_REOPENED,
            RunEvent.Type.RUN_CREATED);

    /** Who drove the run, in order. */
    static List<Drive> of(List<RunEvent> events) {
        List<Drive> out = new ArrayList<>();
        RunEvent taken = null;
        Instant lastSign = Instant.EPOCH;
        for (RunEvent e : events) {
            if (e.type() == RunEvent.Type.LEASE_TAKEN) {
                if (taken != null) {
                    out.add(drive(taken, lastSign, "stopped without a word; the next process took over", true));
                }
                taken = e;
            } else if (e.type() == RunEvent.Type.LEASE_RELEASED && taken != null) {
                String reason = Data.text(e.data(), "reason");
                out.add(drive(taken, e.at(), reason.isEmpty() ? "gave the lease back" : reason, false));
                taken = null;
            }
            lastSign = BY_OTHERS.contains(e.type()) ? lastSign : e.at();
        }
        if (taken != null) {
            out.add(drive(taken, lastSign, "held the lease when the journal was read", false));
        }
        return out;
    }

    /** The stretches between two processes. */
    static List<Interval> unobserved(List<Drive> drives) {
        List<Interval> out = new ArrayList<>();
        for (int i = 1; i < drives.size(); i++) {
            Interval gap = new Interval(
                    drives.get(i - 1).time().to(), drives.get(i).time().from());
            if (!gap.length().isZero()) {
                out.add(gap);
            }
        }
        return out;
    }

    private static Drive drive(RunEvent taken, Instant to, String end, boolean lost) {
        Params d = taken.data();
        return new Drive(
                Data.text(d, "holder"),
                Data.text(d, "host"),
                Data.text(d, "pid"),
                Data.text(d, "epoch"),
                new Interval(taken.at(), to),
                end,
                lost);
    }
}
