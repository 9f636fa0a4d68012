package io.gds.engine.postgres.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.ConfigAdmin;
import io.gds.database.LogEntry;
import io.gds.database.LogFilter;
import io.gds.database.LogSource;
import io.gds.engine.postgres.internal.sql.SqlText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Logs that the server collects itself, in each of its formats. */
class CollectedLogsTest {
    @Test
    void everyFormatTellsTheSame() {
        try (Cluster cluster = Cluster.start("17.11", 1, b -> b.setting("logging_collector", "on")
                        .setting("log_timezone", "America/New_York"));
                PostgresEngine engine = cluster.withoutShell()) {
            ConfigAdmin config = engine.facet(ConfigAdmin.class).orElseThrow();
            for (String format : List.of("stderr", "csvlog", "jsonlog")) {
                config.set("log_destination", format);
                // The collector opens the new format's file when it gets the first line of it.
                config.set("log_line_prefix", "%m [%p] %q%u@%d/%a ");
                LogEntry found = error(engine, "only_in_" + format);
                assertThat(found.message()).contains("\nSTATEMENT:  SELECT\n");
                assertThat(Duration.between(found.timestamp(), Instant.now()).abs())
                        .isLessThan(Duration.ofMinutes(1));
                assertThat(found.context())
                        .containsEntry("severity", "ERROR")
                        .containsEntry("user", "postgres")
                        .containsEntry("database", "app");
                assertThat(found.source()).startsWith("n1:postgresql-");
            }
            config.set("log_destination", "stderr");
            config.set("log_line_prefix", "%p ");
            assertThatThrownBy(() -> error(engine, "undatable")).hasMessageContaining("GDS-LOG-UNREADABLE");
        }
    }

    private static LogEntry error(PostgresEngine engine, String mark) {
        assertThatThrownBy(() -> engine.connections().onPrimary(s -> {
                    s.execute(SqlText.of("SELECT\n\t" + mark));
                    return true;
                }))
                .hasMessageContaining("42703");
        LogSource logs = engine.facet(LogSource.class).orElseThrow();
        // The collector is a process of its own: its file may be a moment behind.
        for (int i = 0; i < 100; i++) {
            Instant now = Instant.now();
            List<LogEntry> found = logs.logs(
                    now.minusSeconds(300),
                    now.plusSeconds(5),
                    LogFilter.all().atLeast(LogEntry.Level.ERROR).containing(mark));
            if (found.stream().anyMatch(e -> e.message().contains("STATEMENT"))) {
                return found.get(0);
            }
            engine.connections().onPrimary(s -> s.one("SELECT pg_sleep(0.05)::text AS p", row -> row.text("p")));
        }
        throw new AssertionError("no entry with " + mark);
    }
}
