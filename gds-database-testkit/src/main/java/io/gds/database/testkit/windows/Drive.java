package io.gds.database.testkit.windows;

/** A drive with a letter. Guarded by its file system. */
final class Drive {
    private final String name;
    private final long size;
    private long used;

    Drive(String name, long size, long free) {
        this.name = name;
        this.size = size;
        this.used = size - free;
    }

    String name() {
        return name;
    }

    long size() {
        return size;
    }

    long free() {
        return Math.max(0, size - used);
    }

    void use(long more) {
        used += more;
    }
}
