package io.gds.engine.mssql.internal.kernel;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.NotNowException;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.sql.InstanceReader;
import java.time.Duration;

/** Whether an instance that was started lets clients in: it upgrades its databases first. */
public final class Admission {
    private static final Duration SOON = Duration.ofMillis(500);

    private Admission() {}

    /**
     * Makes sure that it does.
     *
     * @param otherwise what is not done as long as it does not
     * @throws NotNowException while it does not
     */
    public static void ask(MssqlEngine engine, String member, String otherwise) {
        try {
            InstanceReader.facts(engine.access(member));
        } catch (GdsDatabaseException e) {
            if (!e.retryable()) {
                throw e;
            }
            throw GroupKernel.notNow(
                    otherwise,
                    String.valueOf(e.getMessage()),
                    "an instance that lets clients in",
                    "its start, and the upgrade of its databases",
                    SOON);
        }
    }
}
