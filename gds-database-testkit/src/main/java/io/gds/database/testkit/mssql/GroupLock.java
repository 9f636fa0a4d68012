package io.gds.database.testkit.mssql;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one thing happen to a group at a time. What reaches beyond the group, such as cutting connections, happens right after, when
 * the lock is free again: so no two locks are ever held together.
 */
final class GroupLock {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Runnable> afterwards = new ArrayList<>();

    /** Something with an outcome. */
    @FunctionalInterface
    interface Work<T, X extends Exception> {
        T run() throws X;
    }

    /** Something that comes to be true. */
    @FunctionalInterface
    interface Awaited<X extends Exception> {
        boolean holds() throws X;
    }

    <T, X extends Exception> T inside(Work<T, X> work) throws X {
        List<Runnable> due = List.of();
        lock.lock();
        try {
            return work.run();
        } finally {
            if (lock.getHoldCount() == 1) {
                due = List.copyOf(afterwards);
                afterwards.clear();
                changed.signalAll();
            }
            lock.unlock();
            due.forEach(Runnable::run);
        }
    }

    /** For whoever is inside. */
    void afterwards(Runnable work) {
        afterwards.add(work);
    }

    /** Waits for somebody else to make it true. Not for whoever is inside. */
    <X extends Exception> void await(Awaited<X> awaited) throws X, InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!awaited.holds()) {
                changed.await();
                if (Thread.interrupted()) {
                    throw new InterruptedException(); // it came before the change, though it is noticed after it
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
