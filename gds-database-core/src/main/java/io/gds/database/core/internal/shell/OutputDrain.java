package io.gds.database.core.internal.shell;

import io.gds.database.spi.Command;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Takes from a stream what is there, and never waits for more: a daemon that inherited the pipe cannot hold us, and no
 * thread is left behind in a read. Keeps the beginning, drops the rest. Confined to one thread.
 */
final class OutputDrain {
    /** Read beyond the bound, so that a secret that straddles the bound is seen whole and masked. */
    private static final int MARGIN = 4096;

    private static final int MAX_BYTES_PER_CHARACTER = 4;

    private final InputStream in;
    private final int maxCharacters;
    private final long maxBytes;
    private final byte[] buffer = new byte[16 * 1024];
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean dropped;

    OutputDrain(InputStream in, int maxCharacters) {
        this.in = in;
        this.maxCharacters = Math.max(0, maxCharacters);
        this.maxBytes =
                Math.min(Integer.MAX_VALUE / 2, (long) this.maxCharacters * MAX_BYTES_PER_CHARACTER + 2L * MARGIN);
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
            int room = (int) Math.min(read, maxBytes - kept.size());
            kept.write(buffer, 0, room);
            dropped |= room < read;
            return true;
        } catch (IOException e) {
            return false; // closed: there is no more
        }
    }

    boolean truncated() {
        return dropped || decoded().length() > maxCharacters;
    }

    /** What was kept, masked before it is cut. */
    String text(Command command) {
        String all = decoded();
        String masked = command.masked(all);
        int safe = dropped
                ? safe(masked, command.masked(all.substring(0, Math.max(0, all.length() - MARGIN))))
                : masked.length();
        return masked.substring(0, Math.min(maxCharacters, safe));
    }

    /** Half a secret at an end is not masked; with more text behind it, it is: up to there both are the same. */
    private static int safe(String masked, String maskedOfLess) {
        int differs = Arrays.mismatch(masked.toCharArray(), maskedOfLess.toCharArray());
        return differs < 0 ? masked.length() : differs;
    }

    private String decoded() {
        return kept.toString(StandardCharsets.UTF_8);
    }
}
