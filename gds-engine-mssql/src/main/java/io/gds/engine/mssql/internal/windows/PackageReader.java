package io.gds.engine.mssql.internal.windows;

import static java.util.Objects.requireNonNull;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks at packages as a host has them. One that lies on a file server is brought to the host first, by the host itself: a remote
 * session may not hand its login on, and setup must not depend on a share that goes away under it. Thread-safe; calls block, for as long
 * as a package of a gigabyte takes.
 */
public final class PackageReader {
    /** A package of a gigabyte is hashed, perhaps from a slow disk. */
    private static final Duration HASHING = Duration.ofMinutes(10);

    private static final Duration FETCHING = Duration.ofMinutes(30);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final HostScripts host;
    private final HostJobs jobs;
    private final Clock clock;

    /** Looks on one host. */
    public PackageReader(HostScripts host, Clock clock) {
        this.host = requireNonNull(host, "host");
        this.jobs = new HostJobs(host);
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * A package.
     *
     * @param path where the mapping has it: on the host, or on a file server
     * @throws GdsDatabaseException with code {@code MSSQL-TIMEOUT} when a file server takes too long
     */
    public PackageFacts at(String path) {
        if (!PackageCache.isOnFileServer(path)) {
            return look(path, path);
        }
        PackageCache cache = new PackageCache(host, path);
        JobState ended = fetched(cache);
        boolean copied =
                ended.stage() == JobState.Stage.ENDED && ended.exitCode().orElse(-1) == 0;
        jobs.remove(cache.key());
        return copied ? look(path, cache.file()) : PackageFacts.missing(path, ended.said());
    }

    private PackageFacts look(String path, String file) {
        return PackageFacts.of(path, file, host.ask("package", Params.of("path", file), HASHING));
    }

    /** Whoever asks for the same package at the same time waits for the same copy. */
    private JobState fetched(PackageCache cache) {
        Instant end = clock.instant().plus(FETCHING);
        JobState before = jobs.state(cache.key());
        if (before.isOver() && before.stage() != JobState.Stage.ABSENT) {
            // of somebody who died before he read it: what it copied, or why it could not, may be no longer so
            jobs.remove(cache.key());
        }
        jobs.start(cache.job());
        while (true) {
            JobState state = jobs.state(cache.key());
            if (state.stage() == JobState.Stage.ABSENT) {
                jobs.start(cache.job());
            } else if (state.isOver()) {
                return state;
            }
            if (clock.instant().isAfter(end) || Thread.currentThread().isInterrupted()) {
                throw GdsDatabaseException.environment("MSSQL-TIMEOUT")
                        .message("host " + host.host() + ": the copy of " + cache.path() + " is not over after "
                                + FETCHING.toMinutes() + " minutes.")
                        .remedy(
                                "see how fast the file server is for that host; the copy goes on and is found by the next call.")
                        .retryable()
                        .build();
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
