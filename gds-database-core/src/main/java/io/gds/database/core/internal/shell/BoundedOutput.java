package io.gds.database.core.internal.shell;

import io.gds.database.spi.Command;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;

/** The beginning of what a command wrote, masked; the rest is dropped. Confined to one thread. */
public final class BoundedOutput {
    /** Kept beyond the bound, so that a secret that straddles the bound is seen whole and masked. */
    private static final int MARGIN = 4096;

    private static final int MAX_BYTES_PER_CHARACTER = 4;

    private final Function<byte[], String> decoder;
    private final int maxCharacters;
    private final long maxBytes;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean dropped;

    /**
     * Keeps nothing yet.
     *
     * @param maxCharacters how much {@link #text} gives at most
     */
    public BoundedOutput(int maxCharacters) {
        this(maxCharacters, bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /**
     * Keeps nothing yet.
     *
     * @param decoder makes text of bytes, whose last character may be cut off; of four bytes at most each
     */
    public BoundedOutput(int maxCharacters, Function<byte[], String> decoder) {
        this.decoder = decoder;
        this.maxCharacters = Math.max(0, maxCharacters);
        this.maxBytes =
                Math.min(Integer.MAX_VALUE / 2, (long) this.maxCharacters * MAX_BYTES_PER_CHARACTER + 2L * MARGIN);
    }

    /** Takes what was written next. */
    public void accept(byte[] bytes, int offset, int length) {
        int room = (int) Math.min(length, maxBytes - kept.size());
        kept.write(bytes, offset, room);
        dropped |= room < length;
    }

    /** Whether {@link #text} is not all that was written. */
    public boolean truncated() {
        return dropped || decoded().length() > maxCharacters;
    }

    /** What was kept, masked before it is cut. */
    public String text(Command command) {
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
        return decoder.apply(kept.toByteArray());
    }
}
