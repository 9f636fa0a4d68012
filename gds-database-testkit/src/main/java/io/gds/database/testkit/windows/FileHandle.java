package io.gds.database.testkit.windows;

import java.util.Arrays;

/** A file that a process has open. Used by one thread. */
final class FileHandle {
    private final FileWork work;
    private final String path;
    private final HostProcess process;
    private final boolean reads;
    private final boolean writes;
    private final String share;
    private byte[] bytes = {};
    private long position;
    private boolean closed;

    FileHandle(FileWork work, String path, HostProcess process, boolean reads, boolean writes, String share) {
        this.work = work;
        this.path = path;
        this.process = process;
        this.reads = reads;
        this.writes = writes;
        this.share = share;
    }

    void begin(byte[] contents, boolean atEnd) {
        bytes = contents;
        position = atEnd ? contents.length : 0;
    }

    String path() {
        return path;
    }

    HostProcess process() {
        return process;
    }

    boolean writes() {
        return writes;
    }

    boolean isOf(String other) {
        return Paths.fold(path).equals(Paths.fold(other));
    }

    boolean sharesNothing() {
        return share.equals("None");
    }

    /** Whether what this one lets others do does not include what the other wants. */
    boolean excludes(FileHandle other) {
        if (!isOf(other.path)) {
            return false;
        }
        return switch (share) {
            case "None" -> true;
            case "Read" -> other.writes;
            case "Write" -> other.reads;
            default -> false;
        };
    }

    long length() {
        open();
        return bytes.length;
    }

    long position() {
        open();
        return position;
    }

    void position(long at) {
        open();
        position = at;
    }

    /** Writes at the position; a gap before it is zeros. */
    void write(byte[] more, int offset, int count) {
        open();
        byte[] next = Arrays.copyOf(bytes, (int) Math.max(bytes.length, position + count));
        System.arraycopy(more, offset, next, (int) position, count);
        work.store(path, next, process.account());
        bytes = next;
        position += count;
    }

    void length(long length) {
        open();
        byte[] next = Arrays.copyOf(bytes, (int) length);
        work.store(path, next, process.account());
        bytes = next;
        position = Math.min(position, length);
    }

    int read(byte[] into, int offset, int count) {
        open();
        int there = (int) Math.max(0, Math.min(count, bytes.length - position));
        System.arraycopy(bytes, (int) Math.min(position, bytes.length), into, offset, there);
        position += there;
        return there;
    }

    void close() {
        if (!closed) {
            closed = true;
            work.close(this);
        }
    }

    private void open() {
        if (closed) {
            throw NetErrors.closed();
        }
    }
}
