package io.gds.database.spi;

import io.gds.database.run.CancelReason;
import java.util.Optional;

/** Tells a handler to stop, and lets it break a blocking call. Thread-safe. */
public interface Cancellation {
    /** Why to stop; empty while there is no need. */
    Optional<CancelReason> reason();

    /**
     * Registers what breaks the current blocking call: a statement's cancel, a socket's close.
     *
     * @param breaker called at most once, on another thread, at once when stopping was asked for already; must not block
     * @return close it when the blocking call has returned
     */
    Registration onCancel(Runnable breaker);

    /** Whether stopping was asked for. */
    default boolean isRequested() {
        return reason().isPresent();
    }

    /** Never asks to stop. */
    static Cancellation never() {
        return new Cancellation() {
            @Override
            public Optional<CancelReason> reason() {
                return Optional.empty();
            }

            @Override
            public Registration onCancel(Runnable breaker) {
                return () -> {};
            }
        };
    }

    /** A registered breaker. */
    interface Registration extends AutoCloseable {
        /** Forgets the breaker. */
        @Override
        void close();
    }
}
