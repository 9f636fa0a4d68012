package io.gds.database.testkit.winrm;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * A command and what it said that nobody has fetched yet. Thread-safe. The newest Receive is the one that waits: an older
 * one, whose client may have gone, ends with a fault and takes nothing.
 */
final class RunningCommand {
    private final RemoteProcess process;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    /** Held while the process is read, so that its bytes stay in order; the listener never needs it. */
    private final Object reading = new Object();

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream error = new ByteArrayOutputStream();
    private OptionalInt exitCode = OptionalInt.empty();
    private long news;
    private long newestReceive;
    private boolean terminated;

    RunningCommand(RemoteProcess process) {
        this.process = process;
        process.onNews(this::wake);
    }

    /**
     * What a Receive wants.
     *
     * @param most bytes that it takes
     * @param time how long it waits for the first byte or the end
     * @param connected whether its client can still be answered
     */
    record Wish(boolean stdout, boolean stderr, int most, Duration time, BooleanSupplier connected) {}

    Output receive(Wish wish) throws InterruptedException {
        long deadline = System.nanoTime() + wish.time().toNanos();
        lock.lock();
        try {
            long mine = ++newestReceive;
            change.signalAll();
            while (true) {
                long seen = news;
                lock.unlock();
                try {
                    read();
                } finally {
                    lock.lock();
                }
                if (!wish.connected().getAsBoolean()) {
                    throw new CallerGone();
                }
                if (terminated || mine != newestReceive) {
                    throw new WsmanFaultException(WsmanFault.ABORTED);
                }
                Output out = take(wish);
                if (out.says()) {
                    return out;
                }
                await(seen, mine, deadline);
            }
        } finally {
            lock.unlock();
        }
    }

    private void await(long seen, long mine, long deadline) throws InterruptedException {
        while (news == seen && mine == newestReceive && !terminated) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new WsmanFaultException(WsmanFault.TIMED_OUT);
            }
            change.awaitNanos(left);
        }
    }

    /** Asks for the end first: there is no output after it. */
    private void read() {
        synchronized (reading) {
            OptionalInt code = process.exitCode();
            byte[] out = process.readOutput();
            byte[] err = process.readError();
            lock.lock();
            try {
                output.writeBytes(out);
                error.writeBytes(err);
                exitCode = code;
            } finally {
                lock.unlock();
            }
        }
    }

    private Output take(Wish wish) {
        byte[] out = wish.stdout() ? take(output, wish.most()) : new byte[0];
        byte[] err = wish.stderr() ? take(error, wish.most() - out.length) : new byte[0];
        boolean fetched = (!wish.stdout() || output.size() == 0) && (!wish.stderr() || error.size() == 0);
        return new Output(out, err, fetched ? exitCode : OptionalInt.empty());
    }

    private static byte[] take(ByteArrayOutputStream stream, int most) {
        byte[] all = stream.toByteArray();
        int length = Math.min(all.length, most);
        stream.reset();
        stream.write(all, length, all.length - length);
        return Arrays.copyOf(all, length);
    }

    void input(byte[] bytes, boolean end) {
        process.input(bytes, end);
    }

    void interrupt() {
        process.interrupt();
    }

    /** Ends it, and every Receive that waits for it. */
    void terminate() {
        lock.lock();
        try {
            terminated = true;
        } finally {
            lock.unlock();
        }
        wake();
        process.terminate();
    }

    /** There may be something new: from the process, or because a connection was cut. */
    void wake() {
        lock.lock();
        try {
            news++;
            change.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
