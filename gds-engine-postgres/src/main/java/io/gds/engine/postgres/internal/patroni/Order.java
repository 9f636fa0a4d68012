package io.gds.engine.postgres.internal.patroni;

import io.gds.database.error.GdsDatabaseException;
import io.gds.engine.postgres.internal.patroni.api.Reply;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** An order to Patroni whose effect shows before its answer comes. Used once. */
final class Order {
    private static final long LOOK_MILLIS = 10;

    private final FutureTask<Reply> answer;

    private Order(FutureTask<Reply> answer) {
        this.answer = answer;
    }

    /** Sends the order, on a thread of its own that ends with the answer. */
    static Order of(String name, Supplier<Reply> order) {
        FutureTask<Reply> answer = new FutureTask<>(order::get);
        Thread thread = new Thread(answer, "gds-patroni-" + name);
        thread.setDaemon(true);
        thread.start();
        return new Order(answer);
    }

    /** Waits for the answer or for the effect, whichever comes first; the answer when it was that. */
    Optional<Reply> until(BooleanSupplier effect) {
        try {
            while (true) {
                try {
                    return Optional.of(answer.get(LOOK_MILLIS, TimeUnit.MILLISECONDS));
                } catch (TimeoutException notYet) {
                    if (effect.getAsBoolean()) {
                        return Optional.empty();
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw GdsDatabaseException.environment("GDS-INTERRUPTED")
                    .message("the wait for Patroni was interrupted.")
                    .remedy("probe what became of the order before it is given again.")
                    .cause(e)
                    .build();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e.getCause());
        }
    }
}
