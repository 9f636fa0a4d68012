package io.gds.database.testkit.windows;

import java.io.ByteArrayOutputStream;

/** Standard input of a process. Thread-safe. */
final class ProcessInput {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ModelThreads.Signal closed;

    ProcessInput(ModelThreads threads) {
        this.closed = threads.signal();
    }

    synchronized void write(byte[] more) {
        bytes.writeBytes(more);
    }

    void close() {
        closed.open();
    }

    /** Everything, once there is no more to come. */
    byte[] toEnd() {
        closed.await();
        synchronized (this) {
            byte[] all = bytes.toByteArray();
            bytes.reset();
            return all;
        }
    }
}
