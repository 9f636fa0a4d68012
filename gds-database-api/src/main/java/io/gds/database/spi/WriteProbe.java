package io.gds.database.spi;

import java.util.Map;

/**
 * One client of the availability probe: writes numbered rows through the application's own endpoint.
 *
 * <p>Confined to one thread, which it may block for a few seconds at most. It reconnects by itself.
 */
public interface WriteProbe extends AutoCloseable {
    /** What is known of one write. */
    enum Ack {
        /** Its commit was acknowledged. */
        COMMITTED,
        /** It is certain that it did not happen. */
        REFUSED,
        /** The answer was lost. */
        UNKNOWN
    }

    /** Writes one row in one transaction. Never throws for what the server does. */
    Ack write(long seq);

    /**
     * How often each row of this client is there.
     *
     * @param from the first number
     * @param to the last number
     * @throws io.gds.database.error.GdsDatabaseException when it cannot be read
     */
    Map<Long, Integer> present(long from, long to);

    @Override
    void close();
}
