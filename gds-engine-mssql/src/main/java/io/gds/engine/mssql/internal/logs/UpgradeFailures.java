package io.gds.engine.mssql.internal.logs;

import io.gds.database.LogEntry;
import io.gds.database.LogFilter;
import io.gds.database.error.GdsDatabaseException;
import io.gds.engine.mssql.internal.sql.SqlAccess;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What an instance's log says of scripts of an update that failed. An instance may let clients in all the same, with every database
 * online.
 *
 * <p>Source: errors 912 (a script failed), 3417 (master cannot be recovered) and 5084 of the database engine.
 */
public final class UpgradeFailures {
    private static final Set<String> NUMBERS = Set.of("912", "3417", "5084");
    private static final LogFilter ERRORS = LogFilter.all().newest(10_000);

    private UpgradeFailures() {}

    /**
     * Reads the log; blocks for as long as that takes.
     *
     * @param start since when; usually the start of the instance
     * @return what the log says, oldest first; empty when no script failed
     * @throws GdsDatabaseException when the instance does not answer, or the login may not read the log
     */
    public static List<String> since(SqlAccess access, Instant start) {
        return new ErrorLog(access)
                .logs(start, Instant.MAX, ERRORS).stream()
                        .filter(UpgradeFailures::isOne)
                        .map(e -> e.message().replace('\n', ' '))
                        .toList();
    }

    private static boolean isOne(LogEntry entry) {
        String said = entry.message().toLowerCase(Locale.ROOT);
        return NUMBERS.contains(entry.context().getOrDefault("error", ""))
                || ((said.contains("script upgrade") || said.contains("script level upgrade"))
                        && said.contains("failed"));
    }
}
