package io.gds.engine.mongo.internal.topology;

import io.gds.database.error.GdsDatabaseException;
import io.gds.engine.mongo.internal.client.Clients;
import io.gds.engine.mongo.internal.config.MemberSpec;
import io.gds.engine.mongo.internal.config.MongoSpec;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks all members at once, each directly, within a deadline. Thread-safe. */
public final class ViewReader implements AutoCloseable {
    private final MongoSpec spec;
    private final MemberLook look;
    private final Clock clock;
    private final ExecutorService workers;

    /** A reader of a set. */
    public ViewReader(MongoSpec spec, Clients clients, Clock clock) {
        this.spec = spec;
        this.look = new MemberLook(clients);
        this.clock = clock;
        AtomicInteger number = new AtomicInteger();
        this.workers = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "gds-mongo-" + spec.name() + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * What everybody says now; who does not answer in time is told as silent.
     *
     * @throws GdsDatabaseException when a member answers and refuses us: that is no absence
     */
    public SetViews read() {
        Map<String, Future<MemberView>> asked = new LinkedHashMap<>();
        for (MemberSpec m : spec.members()) {
            asked.put(m.name(), workers.submit(() -> look.at(m)));
        }
        long deadline =
                System.nanoTime() + spec.connectTimeout().multipliedBy(2).toNanos();
        Map<String, MemberView> answered = new LinkedHashMap<>();
        Map<String, String> silent = new LinkedHashMap<>();
        asked.forEach((name, view) -> collect(name, view, deadline, answered, silent));
        return new SetViews(spec, answered, silent, clock.instant());
    }

    private void collect(
            String name,
            Future<MemberView> view,
            long deadline,
            Map<String, MemberView> answered,
            Map<String, String> silent) {
        try {
            answered.put(name, view.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            view.cancel(true);
            silent.put(name, "no answer within " + spec.connectTimeout().multipliedBy(2));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GdsDatabaseException absent && absent.retryable()) {
                silent.put(name, String.valueOf(absent.getMessage()));
            } else if (e.getCause() instanceof RuntimeException unexpected) {
                throw unexpected;
            } else {
                throw new IllegalStateException("looking at member " + name, e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw GdsDatabaseException.environment("GDS-INTERRUPTED")
                    .message("interrupted while looking at " + spec.name() + ".")
                    .remedy("look again if it was not meant.")
                    .cause(e)
                    .build();
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
