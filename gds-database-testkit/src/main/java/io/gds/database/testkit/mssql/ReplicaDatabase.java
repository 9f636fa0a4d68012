package io.gds.database.testkit.mssql;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A database on one replica: its copy of the log, how far it got, and its state. Amounts of log are kilobytes from its beginning. The
 * lag is a clock: whoever looks moves it on to the time of his look. Guarded by the group's lock.
 */
final class ReplicaDatabase {
    /** What the arithmetic of lags may lose. */
    private static final double NOTHING = 1e-6;

    private final String name;
    private final List<LogRecord> log = new ArrayList<>();
    private double received;
    private double redone;
    private Instant touched;
    private Instant receivedAt;
    private Instant settlesAt;
    private double sendRate;
    private double redoRate;
    private @Nullable SuspendReason suspended;
    private boolean synced;
    private boolean ready;
    private boolean recovering;
    private boolean held;

    ReplicaDatabase(String name, Instant now, double sendRate, double redoRate) {
        this.name = name;
        this.touched = now;
        this.receivedAt = now;
        this.settlesAt = now;
        this.sendRate = sendRate;
        this.redoRate = redoRate;
    }

    String name() {
        return name;
    }

    List<LogRecord> log() {
        return log;
    }

    /** The end of what is on its disk. */
    double end() {
        return received;
    }

    double redone() {
        return redone;
    }

    Instant receivedAt() {
        return receivedAt;
    }

    void rates(double sent, double redo) {
        sendRate = sent;
        redoRate = redo;
    }

    double sendRate() {
        return sendRate;
    }

    double redoRate() {
        return redoRate;
    }

    /** On the primary: a transaction is on its disk. */
    LogRecord append(List<? extends LogRecord.Change> changes, double kilobytes, Instant now) {
        LogRecord record = new LogRecord(changes, received + kilobytes, now);
        log.add(record);
        received = record.end();
        redone = received;
        receivedAt = now;
        return record;
    }

    /** Moves the clock of its lag; what flows in meanwhile comes from the primary's copy. */
    void flow(Instant now, @Nullable ReplicaDatabase from) {
        double seconds = Math.max(0, Duration.between(touched, now).toNanos() / 1e9);
        touched = now;
        if (from != null && !held) {
            receive(from, synced ? from.received : Math.min(from.received, received + sendRate * seconds), now);
        }
        if (suspended == null) {
            redone = Math.min(received, redone + redoRate * seconds);
        }
    }

    private void receive(ReplicaDatabase from, double upTo, Instant now) {
        if (upTo > received) {
            received = from.received - upTo < NOTHING ? from.received : upTo;
            receivedAt = now;
        }
        while (log.size() < from.log.size() && from.log.get(log.size()).end() <= received) {
            log.add(from.log.get(log.size()));
        }
    }

    /** When it will have all of the other's log, if that does not grow; null when never. */
    @Nullable
    Instant caughtUpAt(Instant now, ReplicaDatabase from) {
        double missing = from.received - received;
        if (missing > 0 && sendRate <= 0) {
            return null;
        }
        Instant there = missing <= 0 ? now : now.plusNanos((long) Math.ceil(missing / sendRate * 1e9) + 1);
        return there.isAfter(settlesAt) ? there : settlesAt;
    }

    boolean hasCaughtUp(Instant now, ReplicaDatabase from) {
        return received >= from.received && !now.isBefore(settlesAt);
    }

    /** A connection begins: what the other copy does not have is undone, which loses it for good. */
    void meet(ReplicaDatabase from, Instant now, Duration settle) {
        int same = 0;
        while (same < log.size() && same < from.log.size() && log.get(same) == from.log.get(same)) {
            same++;
        }
        if (same < log.size() || received > from.received) {
            log.subList(same, log.size()).clear();
            received = same == 0 ? 0 : log.get(same - 1).end();
            redone = Math.min(redone, received);
        }
        touched = now;
        settlesAt = now.plus(settle);
    }

    /**
     * It is the primary's from now on.
     *
     * @param counts whether everything in its log counts; what a forwarder has is for others to decide
     */
    void lead(Instant now, boolean counts) {
        if (counts) {
            log.forEach(LogRecord::done);
        }
        received = log.isEmpty() ? 0 : log.get(log.size() - 1).end();
        redone = received;
        touched = now;
        suspended = null;
        synced = false;
        ready = true;
        recovering = true;
    }

    boolean isRecovering() {
        return recovering;
    }

    void recovered() {
        recovering = false;
    }

    boolean isSynced() {
        return synced;
    }

    void synced(boolean now) {
        synced = now;
    }

    /** Whether the cluster has noted that it may become primary without a loss. */
    boolean isReady() {
        return ready;
    }

    void ready(boolean now) {
        ready = now;
    }

    @Nullable
    SuspendReason suspended() {
        return suspended;
    }

    void suspended(@Nullable SuspendReason reason) {
        suspended = reason;
    }

    /** A test wants it never to catch up. */
    boolean isHeld() {
        return held;
    }

    void held(boolean now) {
        held = now;
    }

    /** The last transaction that can be read here; null when there is none. */
    @Nullable
    LogRecord lastRedone() {
        for (int i = log.size() - 1; i >= 0; i--) {
            if (log.get(i).end() <= redone) {
                return log.get(i);
            }
        }
        return null;
    }
}
