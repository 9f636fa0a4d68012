package io.gds.database.datasource;

import java.lang.ref.Cleaner;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parks check-outs while somebody has announced a hold, and knows when every connection that was handed out has come back.
 * Several data sources of one cluster may share one.
 *
 * <p>A hold belongs to a token. It ends when its announcer lifts it, and by itself when the announced time is over: an
 * announcer that dies stops nobody for long. A token whose hold has ended never holds again, so a late announcement does no
 * harm.
 *
 * <p>Thread-safe, for virtual threads too.
 */
public final class Hold {
    /** The longest hold that is granted unless said. */
    public static final Duration LONGEST = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(Hold.class);
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._:-]{1,200}");
    private static final int REMEMBERED = 64;
    private static final long SWEEP_NANOS = Duration.ofMillis(20).toNanos();
    private static final long SETTLE_NANOS = Duration.ofMinutes(1).toNanos();

    private final Duration longest;
    private final Cleaner cleaner = Cleaner.create();
    private final List<Runnable> onRelease = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition opened = lock.newCondition();
    private final Condition returned = lock.newCondition();

    /** Guarded by the lock, like all below. */
    private final Set<Lease> leases = new HashSet<>();

    private final Deque<String> over = new ArrayDeque<>();
    private @Nullable Announcement current;
    private int parked;
    private volatile long settledAt = System.nanoTime();

    private static final class Announcement {
        private final String token;
        private final long since = System.nanoTime();
        private final long deadline;
        private boolean releasing;

        Announcement(String token, long nanos) {
            this.token = token;
            this.deadline = since + nanos;
        }

        boolean isDue() {
            return !releasing && deadline - System.nanoTime() <= 0;
        }
    }

    private Hold(Duration longest) {
        this.longest = longest;
    }

    /** A hold that grants 30 seconds at most. */
    public static Hold create() {
        return create(LONGEST);
    }

    /**
     * A hold that grants so much at most, whatever is announced. No check-out is parked for longer either.
     *
     * @throws IllegalArgumentException when it is not more than zero
     */
    public static Hold create(Duration longest) {
        if (longest.isNegative() || longest.isZero()) {
            throw new IllegalArgumentException("longest: found " + longest + ", expected more than zero");
        }
        return new Hold(longest);
    }

    /**
     * Parks check-outs from now on. Announcing a token again changes nothing: its hold ends when it would have ended.
     *
     * @param token who holds: letters, digits, dots, dashes, colons and underscores, at most 200
     * @param atMost after which time the hold ends by itself
     * @return how it stands; for another token when that one holds, and open when this token's hold is over already
     * @throws IllegalArgumentException when a parameter is not as described
     */
    public HoldState announce(String token, Duration atMost) {
        if (!isToken(token)) {
            throw new IllegalArgumentException(
                    "token: expected 1 to 200 letters, digits, dots, dashes, colons and underscores");
        }
        if (atMost.isNegative() || atMost.isZero()) {
            throw new IllegalArgumentException("atMost: found " + atMost + ", expected more than zero");
        }
        endWhenDue();
        lock.lock();
        try {
            if (current == null && !over.contains(token)) {
                Duration granted = atMost.compareTo(longest) < 0 ? atMost : longest;
                current = new Announcement(token, granted.toNanos());
                LOG.info(
                        "holding for {}, {} ms at most; {} connections in use",
                        token,
                        granted.toMillis(),
                        leases.size());
            }
            return now();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until every connection has come back.
     *
     * @return how it stands: quiesced for the token, or still holding when the time is over, or not held by it any more
     */
    public HoldState awaitQuiesced(String token, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            endWhenDue();
            dropClosedElsewhere();
            lock.lockInterruptibly();
            try {
                HoldState state = now();
                long left = end - System.nanoTime();
                if (!state.isHeldBy(token) || state.isQuiescedFor(token) || left <= 0) {
                    return state;
                }
                // woken by what comes back; the limit is for what comes back unseen
                returned.awaitNanos(Math.min(left, SWEEP_NANOS));
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Lets check-outs go on. Idempotent. Returns when they do, unless another thread is about to let them.
     *
     * @param name a token, or its beginning up to a dot: {@code run-7} lifts {@code run-7.a}
     * @return how it stands
     * @throws IllegalArgumentException when it can be no token
     */
    public HoldState lift(String name) {
        if (!isToken(name)) {
            throw new IllegalArgumentException("name: expected a token or its beginning");
        }
        Announcement mine = null;
        lock.lock();
        try {
            remember(name);
            if (current != null && !current.releasing && isNamed(current.token, name)) {
                mine = current;
                mine.releasing = true;
            }
        } finally {
            lock.unlock();
        }
        if (mine != null) {
            open(mine, "lifted");
        }
        return state();
    }

    /** How it stands. */
    public HoldState state() {
        endWhenDue();
        lock.lock();
        try {
            return now();
        } finally {
            lock.unlock();
        }
    }

    /** What is done when a hold ends, before anybody goes on; must not block. */
    void onRelease(Runnable action) {
        onRelease.add(action);
    }

    Duration longest() {
        return longest;
    }

    Cleaner cleaner() {
        return cleaner;
    }

    /** Whether a hold has ended so recently that connections are to be looked at before they are handed out. */
    boolean isSettling() {
        return settledAt - System.nanoTime() > 0;
    }

    /**
     * Counts a connection that is about to be handed out, after the hold if there is one. A thread that uses one already is
     * not parked: it could not give that one back.
     *
     * @param end when to give up, in terms of {@link System#nanoTime}
     * @return empty when the time is over
     */
    @Nullable
    Lease enter(long end) throws InterruptedException {
        while (true) {
            lock.lockInterruptibly();
            try {
                while (current != null && !current.isDue() && !isNested()) {
                    long left = end - System.nanoTime();
                    if (left <= 0) {
                        return null;
                    }
                    long due = current.releasing ? left : current.deadline - System.nanoTime();
                    parked++;
                    try {
                        opened.awaitNanos(Math.min(left, due));
                    } finally {
                        parked--;
                    }
                }
                if (current == null || !current.isDue()) {
                    Lease lease = new Lease(this);
                    leases.add(lease);
                    return lease;
                }
            } finally {
                lock.unlock();
            }
            endWhenDue();
        }
    }

    /** Counts a connection out; only the first call for it does. */
    boolean leave(Lease lease) {
        lock.lock();
        try {
            boolean was = leases.remove(lease);
            if (was && leases.isEmpty()) {
                returned.signalAll();
            }
            return was;
        } finally {
            lock.unlock();
        }
    }

    private boolean isNested() {
        Thread me = Thread.currentThread();
        return leases.stream().anyMatch(l -> l.isUsedBy(me));
    }

    private void endWhenDue() {
        Announcement due = null;
        lock.lock();
        try {
            if (current != null && current.isDue()) {
                due = current;
                due.releasing = true;
            }
        } finally {
            lock.unlock();
        }
        if (due != null) {
            LOG.warn("the hold for {} was not lifted in time; see what became of its announcer", due.token);
            open(due, "over");
        }
    }

    /** Outside the lock, since the actions are somebody else's; check-outs stay parked until they are done. */
    private void open(Announcement ending, String how) {
        try {
            for (Runnable action : onRelease) {
                try {
                    action.run();
                } catch (RuntimeException e) {
                    LOG.warn("what was to be done at the end of the hold for {} failed", ending.token, e);
                }
            }
        } finally {
            opened(ending, how);
        }
    }

    private void opened(Announcement ending, String how) {
        lock.lock();
        try {
            LOG.info(
                    "the hold for {} is {} after {} ms; {} check-outs go on",
                    ending.token,
                    how,
                    (System.nanoTime() - ending.since) / 1_000_000,
                    parked);
            current = null;
            remember(ending.token);
            settledAt = System.nanoTime() + SETTLE_NANOS;
            opened.signalAll();
            returned.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void remember(String token) {
        if (!over.contains(token)) {
            over.addLast(token);
            if (over.size() > REMEMBERED) {
                over.removeFirst();
            }
        }
    }

    /** Asked outside the lock, since the answer is a driver's. */
    private void dropClosedElsewhere() {
        List<Lease> out;
        lock.lock();
        try {
            out = List.copyOf(leases);
        } finally {
            lock.unlock();
        }
        out.stream().filter(Lease::wasClosedElsewhere).forEach(Lease::end);
    }

    private HoldState now() {
        long now = System.nanoTime();
        long oldest = leases.stream().mapToLong(l -> now - l.since()).max().orElse(0);
        HoldState.Phase phase = current == null
                ? HoldState.Phase.OPEN
                : leases.isEmpty() ? HoldState.Phase.QUIESCED : HoldState.Phase.HOLDING;
        return new HoldState(
                phase,
                current == null ? "" : current.token,
                Duration.ofNanos(current == null ? 0 : Math.max(0, current.deadline - now)),
                longest,
                leases.size(),
                Duration.ofNanos(Math.max(0, oldest)),
                parked);
    }

    static boolean isToken(String text) {
        return TOKEN.matcher(text).matches();
    }

    private static boolean isNamed(String token, String name) {
        return token.equals(name) || token.startsWith(name + ".");
    }
}
