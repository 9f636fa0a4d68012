package io.gds.engine.postgres.internal.pooler;

import io.gds.database.error.GdsDatabaseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Does the same with several poolers at the same time, and lets none of them miss it because another one fails. */
final class Parallel {
    private Parallel() {}

    /**
     * What came of each, in the order of the items.
     *
     * @throws RuntimeException the first failure, with the others suppressed in it, after all have ended
     */
    static <A, T> List<T> each(List<A> items, Function<A, T> work) {
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, items.size()), task -> {
            Thread t = new Thread(task, "gds-pooler");
            t.setDaemon(true);
            return t;
        });
        try {
            List<Future<T>> answers = new ArrayList<>();
            items.forEach(item -> answers.add(threads.submit(() -> work.apply(item))));
            List<T> out = new ArrayList<>();
            Optional<RuntimeException> failed = Optional.empty();
            for (Future<T> answer : answers) {
                try {
                    out.add(answer.get());
                } catch (ExecutionException e) {
                    RuntimeException failure =
                            e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e.getCause());
                    failed.ifPresent(first -> first.addSuppressed(failure));
                    failed = failed.or(() -> Optional.of(failure));
                }
            }
            failed.ifPresent(first -> {
                throw first;
            });
            return out;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw GdsDatabaseException.environment("GDS-INTERRUPTED")
                    .message("the work on the poolers was interrupted.")
                    .remedy("look at their state before doing it again.")
                    .cause(e)
                    .build();
        } finally {
            threads.shutdownNow();
        }
    }
}
