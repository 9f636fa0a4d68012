package io.gds.database.testkit.winrm;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;

/** The troubles that are still to come, in their order for each operation. Thread-safe. */
final class Troubles {
    private record Planned(Trouble trouble, int times) {}

    private final Map<Operation, Deque<Planned>> planned = new EnumMap<>(Operation.class);

    synchronized void plan(Operation operation, int times, Trouble trouble) {
        if (times < 1) {
            throw new IllegalArgumentException("times: " + times);
        }
        planned.computeIfAbsent(operation, o -> new ArrayDeque<>()).addLast(new Planned(trouble, times));
    }

    synchronized void clear() {
        planned.clear();
    }

    /** What the next request of an operation meets. */
    synchronized Trouble take(Operation operation) {
        Deque<Planned> left = planned.get(operation);
        Planned next = left == null ? null : left.pollFirst();
        if (left == null || next == null) {
            return Trouble.nothing();
        }
        if (next.times() == WinRmServer.FOR_EVER) {
            left.addFirst(next);
        } else if (next.times() > 1) {
            left.addFirst(new Planned(next.trouble(), next.times() - 1));
        }
        return next.trouble();
    }
}
