package io.gds.database.testkit.windows;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A task of the scheduler, which runs when somebody starts it. Guarded by its scheduler. */
public final class ScheduledTask {
    /** It has never run. */
    public static final long NEVER_RUN = 267_011;

    /** It runs just now. */
    public static final long RUNS = 267_009;

    /** The host went down while it ran. */
    public static final long SHUT_DOWN = 0x4001_0004L;

    private final Definition definition;

    @Nullable
    HostProcess process;

    long lastResult = NEVER_RUN;

    @Nullable
    Instant lastRunAt;

    /**
     * What it does.
     *
     * @param path its folder, with a backslash at both ends
     * @param execute its program
     * @param arguments what stands behind the program's name
     * @param account whose it runs as
     * @param limit after which its process is ended; zero for never
     */
    public record Definition(
            String path,
            String name,
            String execute,
            String arguments,
            Account account,
            Duration limit,
            String description) {}

    ScheduledTask(Definition definition) {
        this.definition = definition;
    }

    /** What it does. */
    public Definition definition() {
        return definition;
    }
}
