package io.gds.engine.mssql.internal.survey;

import io.gds.database.error.GdsDatabaseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Asks many at a time, on threads of its own that end with it. */
public final class SideBySide {
    private static final int AT_ONCE = 16;

    private SideBySide() {}

    /**
     * Asks each.
     *
     * @return the answers, in the order of those that were asked
     * @throws GdsDatabaseException with code {@code GDS-INTERRUPTED} when the caller is interrupted; then nobody is asked any more
     */
    public static <T, R> List<R> ask(List<T> all, Function<T, R> question) {
        if (all.isEmpty()) {
            return List.of();
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(AT_ONCE, all.size()), SideBySide::daemon);
        try {
            List<Future<R>> coming = all.stream()
                    .map(t -> threads.submit(() -> question.apply(t)))
                    .toList();
            List<R> answers = new ArrayList<>();
            for (Future<R> each : coming) {
                answers.add(get(each));
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "gds-mssql-ask");
        thread.setDaemon(true);
        return thread;
    }

    private static <R> R get(Future<R> coming) {
        try {
            return coming.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw GdsDatabaseException.environment("GDS-INTERRUPTED")
                    .message("interrupted while asking many.")
                    .remedy("call again if it was not meant.")
                    .cause(e)
                    .build();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException r) {
                throw r;
            }
            throw new IllegalStateException("asking one of many", e);
        }
    }
}
