package io.gds.engine.mssql.internal.winrm;

import java.io.Writer;

/** Keeps the beginning of what is written to it and notes whether there was more. Closing it changes nothing. Thread-safe. */
final class KeptText extends Writer {
    private final StringBuilder kept = new StringBuilder();
    private final int most;
    private boolean more;

    KeptText(int most) {
        this.most = most;
    }

    @Override
    public synchronized void write(char[] from, int start, int length) {
        int room = Math.min(length, most - kept.length());
        kept.append(from, start, room);
        more |= room < length;
    }

    synchronized String text() {
        return kept.toString();
    }

    synchronized boolean isCut() {
        return more;
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    @Override
    public void close() {
        // The client closes it at the end of its stream.
    }
}
