package io.gds.samples.embedded;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Polls facts until nothing is missing. Stateless. */
final class Await {
    private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();

    private Await() {}

    /** One look at the facts: what is still missing, or empty when all is there. */
    interface Check {
        Optional<String> missing() throws IOException, SQLException;
    }

    /** One look at a fact that is true or not. */
    interface Condition {
        boolean holds() throws IOException, SQLException;
    }

    /**
     * Returns as soon as nothing is missing.
     *
     * @throws EmbeddedClusterException after {@code limit}, naming what was missing at the last look
     */
    static void until(String what, Duration limit, Check check) {
        Optional<String> missing = look(what, limit, check);
        if (missing.isPresent()) {
            throw new EmbeddedClusterException(
                    "Not within " + limit.toMillis() + " ms: " + what + ". Last seen: " + missing.get());
        }
    }

    /** Like {@link #until}, but answers whether the condition came true in time. */
    static boolean whether(Duration limit, Condition condition) {
        return look("a condition", limit, () -> missing(condition.holds(), "not yet"))
                .isEmpty();
    }

    static Optional<String> missing(boolean present, String otherwise) {
        return present ? Optional.empty() : Optional.of(otherwise);
    }

    private static Optional<String> look(String what, Duration limit, Check check) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            Optional<String> missing;
            try {
                missing = check.missing();
            } catch (IOException | SQLException e) {
                missing = Optional.of(String.valueOf(e.getMessage()));
            }
            if (missing.isEmpty() || System.nanoTime() - deadline >= 0) {
                return missing;
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new EmbeddedClusterException("Interrupted while waiting for " + what);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
