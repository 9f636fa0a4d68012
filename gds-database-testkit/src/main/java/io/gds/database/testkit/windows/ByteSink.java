package io.gds.database.testkit.windows;

/** Takes what a program writes. Thread-safe where more than one thread writes. */
@FunctionalInterface
public interface ByteSink {
    /** Takes some of it. */
    void write(byte[] bytes);
}
