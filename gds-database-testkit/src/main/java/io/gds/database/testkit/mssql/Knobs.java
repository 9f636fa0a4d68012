package io.gds.database.testkit.mssql;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a test wants to go wrong. Guarded by the group's lock. */
final class Knobs {
    private final Map<Replica, Deque<Integer>> refusals = new HashMap<>();
    private final Set<Replica> failed = new HashSet<>();
    private Duration statements = Duration.ZERO;
    private boolean neverFinishes;
    private boolean suspendsOlderBuilds;
    private @Nullable SuspendReason oldPrimary;

    void refuse(Replica replica, int number, int times) {
        Deque<Integer> queue = refusals.computeIfAbsent(replica, r -> new ArrayDeque<>());
        for (int i = 0; i < times; i++) {
            queue.add(number);
        }
    }

    /** The error that the next statement gets on a replica; 0 for none. */
    int nextRefusal(Replica replica) {
        Deque<Integer> queue = refusals.get(replica);
        Integer next = queue == null ? null : queue.poll();
        return next == null ? 0 : next;
    }

    void failed(Replica replica, boolean on) {
        if (on) {
            failed.add(replica);
        } else {
            failed.remove(replica);
        }
    }

    boolean isFailed(Replica replica) {
        return failed.contains(replica);
    }

    void statementsTake(Duration time) {
        statements = time;
    }

    Duration statementsTake() {
        return statements;
    }

    void neverFinishes(boolean on) {
        neverFinishes = on;
    }

    boolean neverFinishes() {
        return neverFinishes;
    }

    void suspendsOlderBuilds(boolean on) {
        suspendsOlderBuilds = on;
    }

    boolean suspendsOlderBuilds() {
        return suspendsOlderBuilds;
    }

    void oldPrimary(@Nullable SuspendReason reason) {
        oldPrimary = reason;
    }

    @Nullable
    SuspendReason oldPrimary() {
        return oldPrimary;
    }
}
