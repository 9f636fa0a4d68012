package io.gds.database.core.internal.shell;

import io.gds.database.spi.Command;
import java.io.IOException;
import java.io.InputStream;

/**
 * Takes from a stream what is there, and never waits for more: a daemon that inherited the pipe cannot hold us, and no
 * thread is left behind in a read. Confined to one thread.
 */
final class OutputDrain {
    private final InputStream in;
    private final byte[] buffer = new byte[16 * 1024];
    private final BoundedOutput kept;

    OutputDrain(InputStream in, int maxCharacters) {
        this.in = in;
        this.kept = new BoundedOutput(maxCharacters);
    }

    /** Takes one buffer at most; whether there was anything. */
    boolean take() {
        try {
            int there = in.available();
            if (there <= 0) {
                return false;
            }
            int read = in.read(buffer, 0, Math.min(there, buffer.length));
            if (read <= 0) {
                return false;
            }
            kept.accept(buffer, 0, read);
            return true;
        } catch (IOException e) {
            return false; // closed: there is no more
        }
    }

    boolean truncated() {
        return kept.truncated();
    }

    /** What was kept, masked before it is cut. */
    String text(Command command) {
        return kept.text(command);
    }
}
