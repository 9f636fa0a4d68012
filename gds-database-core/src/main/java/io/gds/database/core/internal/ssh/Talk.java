package io.gds.database.core.internal.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/**
 * A stream from the host: what the account's login prints, then a line that says that our program is there, then the
 * output; on the error stream also words of our program, each from a mark that no output can hold to the end of its line.
 * Never waits. Confined to one thread.
 */
final class Talk {
    private static final int MAX_PREAMBLE = 64 * 1024;
    private static final int MAX_WORDS = 64 * 1024;

    private final InputStream in;
    private final byte[] ready;
    private final byte[] mark;
    private final Sink sink;
    private final byte[] buffer = new byte[32 * 1024];
    private final Deque<String> words = new ArrayDeque<>();
    private byte[] pending = new byte[0];
    private boolean begun;

    /** Where output goes. */
    interface Sink {
        void accept(byte[] bytes, int offset, int length);
    }

    /**
     * A stream that is read from its beginning.
     *
     * @param ready the line that says that our program is there
     * @param mark what its words begin with; empty when it says none on this stream
     */
    Talk(InputStream in, String ready, String mark, Sink sink) {
        this.in = in;
        this.ready = (ready + "\n").getBytes(StandardCharsets.UTF_8);
        this.mark = mark.getBytes(StandardCharsets.UTF_8);
        this.sink = sink;
    }

    /** Whether our program is there. */
    boolean begun() {
        return begun;
    }

    /** What was said before it was. */
    String preamble() {
        return begun ? "" : new String(pending, StandardCharsets.UTF_8);
    }

    /** Forgets the preamble. */
    void forget() {
        pending = new byte[0];
    }

    /** What our program said next. */
    Optional<String> word() {
        return Optional.ofNullable(words.poll());
    }

    /** Takes one buffer at most; whether there was anything. */
    boolean take() throws IOException {
        int there = in.available();
        int read = there <= 0 ? 0 : in.read(buffer, 0, Math.min(there, buffer.length));
        if (read <= 0) {
            return false;
        }
        if (begun && mark.length == 0) {
            sink.accept(buffer, 0, read);
            return true;
        }
        int before = pending.length;
        pending = Arrays.copyOf(pending, before + read);
        System.arraycopy(buffer, 0, pending, before, read);
        if (!begun) {
            begin();
        }
        if (begun) {
            split();
        }
        return true;
    }

    private void begin() {
        int at = find(ready, 0);
        if (at >= 0) {
            begun = true;
            pending = Arrays.copyOfRange(pending, at + ready.length, pending.length);
        } else if (pending.length > MAX_PREAMBLE) {
            pending = Arrays.copyOfRange(pending, pending.length - MAX_PREAMBLE / 2, pending.length);
        }
    }

    /** Gives on what is output for certain, and keeps what may be the beginning of our program's words. */
    private void split() {
        ByteArrayOutputStream output = new ByteArrayOutputStream(pending.length);
        int from = 0;
        while (true) {
            int at = mark.length == 0 ? -1 : find(mark, from);
            if (at < 0) {
                int safe = pending.length - overlap();
                output.write(pending, from, Math.max(0, safe - from));
                from = Math.max(from, safe);
                break;
            }
            output.write(pending, from, at - from);
            from = at;
            int end = find(new byte[] {'\n'}, at);
            if (end < 0 && pending.length - at < MAX_WORDS) {
                break;
            }
            int stop = end < 0 ? pending.length : end;
            words.add(new String(pending, at + mark.length, stop - at - mark.length, StandardCharsets.UTF_8));
            from = end < 0 ? stop : stop + 1;
        }
        pending = Arrays.copyOfRange(pending, from, pending.length);
        sink.accept(output.toByteArray(), 0, output.size());
    }

    /** Gives on what is left when the stream has ended. */
    void finish() {
        if (begun && pending.length > 0) {
            sink.accept(pending, 0, pending.length);
            pending = new byte[0];
        }
    }

    private int find(byte[] what, int from) {
        for (int i = from; i <= pending.length - what.length; i++) {
            if (Arrays.equals(pending, i, i + what.length, what, 0, what.length)) {
                return i;
            }
        }
        return -1;
    }

    /** How much of the end may be the beginning of the mark. */
    private int overlap() {
        for (int n = Math.min(mark.length - 1, pending.length); n > 0; n--) {
            if (Arrays.equals(pending, pending.length - n, pending.length, mark, 0, n)) {
                return n;
            }
        }
        return 0;
    }
}
