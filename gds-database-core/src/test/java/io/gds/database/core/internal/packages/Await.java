package io.gds.database.core.internal.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for a fact, with a deadline. */
final class Await {
    /** What may not be there yet. */
    interface Fact {
        /** Whether it is. */
        boolean holds() throws IOException;
    }

    private Await() {}

    static void until(Fact fact) {
        long start = System.nanoTime();
        try {
            while (!fact.holds()) {
                assertThat(System.nanoTime() - start)
                        .isLessThan(Duration.ofSeconds(30).toNanos());
                LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
