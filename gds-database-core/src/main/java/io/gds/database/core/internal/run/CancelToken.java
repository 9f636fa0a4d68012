package io.gds.database.core.internal.run;

import io.gds.database.run.CancelReason;
import io.gds.database.spi.Cancellation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks one call of a handler to stop. Thread-safe. */
final class CancelToken implements Cancellation {
    private static final Logger LOG = LoggerFactory.getLogger(CancelToken.class);

    private final Set<Runnable> breakers = new LinkedHashSet<>();
    private @Nullable CancelReason reason;

    void cancel(CancelReason why) {
        List<Runnable> toRun;
        synchronized (this) {
            if (reason != null) {
                return;
            }
            reason = why;
            toRun = new ArrayList<>(breakers);
            breakers.clear();
        }
        toRun.forEach(CancelToken::run);
    }

    private static void run(Runnable breaker) {
        try {
            breaker.run();
        } catch (RuntimeException e) {
            LOG.debug("a breaker failed; the call ends by its own time-out", e);
        }
    }

    @Override
    public synchronized Optional<CancelReason> reason() {
        return Optional.ofNullable(reason);
    }

    @Override
    public Registration onCancel(Runnable breaker) {
        synchronized (this) {
            if (reason == null) {
                breakers.add(breaker);
                return () -> forget(breaker);
            }
        }
        run(breaker);
        return () -> {};
    }

    private synchronized void forget(Runnable breaker) {
        breakers.remove(breaker);
    }
}
