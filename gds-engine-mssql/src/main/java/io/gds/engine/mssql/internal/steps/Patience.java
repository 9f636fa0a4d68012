package io.gds.engine.mssql.internal.steps;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.NotNowException;
import io.gds.engine.mssql.internal.kernel.GroupKernel;
import io.gds.engine.mssql.internal.sql.SqlErrors;
import java.time.Duration;

/** Whoever does not answer, or is not ready, just now is asked again: that is no attempt that failed. For effects that find what they did before. */
final class Patience {
    private static final Duration SOON = Duration.ofSeconds(1);

    private Patience() {}

    static void with(String what, Runnable effect) {
        try {
            effect.run();
        } catch (NotNowException e) {
            throw e;
        } catch (GdsDatabaseException e) {
            if (!e.retryable() && !e.code().equals("MSSQL-" + SqlErrors.NOT_READY_FOR_FAILOVER)) {
                throw e;
            }
            throw GroupKernel.notNow(what, String.valueOf(e.getMessage()), "an answer", "its return", SOON);
        }
    }
}
