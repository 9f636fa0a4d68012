package io.gds.engine.postgres.internal.kernel;

import io.gds.database.error.GdsDatabaseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Looks at all members at the same time: each look is mostly waiting for a host or a server. */
public final class Together {
    private Together() {}

    /** What is seen at all members, in the order of the members. */
    public static <M, F> List<F> look(Collection<M> members, Function<M, List<F>> at) {
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, members.size()), work -> {
            Thread t = new Thread(work, "gds-postgres-look");
            t.setDaemon(true);
            return t;
        });
        try {
            List<Future<List<F>>> answers = new ArrayList<>();
            members.forEach(m -> answers.add(threads.submit(() -> at.apply(m))));
            List<F> out = new ArrayList<>();
            for (Future<List<F>> answer : answers) {
                out.addAll(answer.get());
            }
            return out;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw GdsDatabaseException.environment("GDS-INTERRUPTED")
                    .message("the look at the members was interrupted.")
                    .remedy("look again.")
                    .cause(e)
                    .build();
        } finally {
            threads.shutdownNow();
        }
    }
}
