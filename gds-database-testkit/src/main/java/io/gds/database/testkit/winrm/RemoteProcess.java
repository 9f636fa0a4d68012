package io.gds.database.testkit.winrm;

import java.util.OptionalInt;

/**
 * A running command, seen from the server. Thread-safe; no method waits. {@link SimpleProcess} is one to use as it is.
 */
public interface RemoteProcess {
    /** What came on standard output since the last call; empty when nothing did. */
    byte[] readOutput();

    /** What came on standard error since the last call; empty when nothing did. */
    byte[] readError();

    /** The exit code once it has ended; no output is added after that. */
    OptionalInt exitCode();

    /**
     * Gives it input.
     *
     * @param bytes may be empty
     * @param end no input comes after this
     */
    void input(byte[] bytes, boolean end);

    /** Control-C: the command may end, and may take its time for it. */
    void interrupt();

    /** Ends it; nobody asks for its output any more. Does nothing when it has ended. */
    void terminate();

    /**
     * Names who wants to know that there is new output or an end. The server calls this once, right after the start,
     * and looks by itself for what came before. Call the listener without holding a lock.
     */
    void onNews(Runnable listener);
}
