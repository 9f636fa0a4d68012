package io.gds.engine.mssql.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.LogEntry;
import io.gds.database.LogFilter;
import io.gds.database.LogSource;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LogsTest {
    private static final Instant T = Instant.parse("2026-11-22T10:00:00Z");

    @TempDir
    private Path directory;

    /** An archive of the day before, and the running log. */
    private static void write(AdminServer server) {
        server.catalogue()
                .log(T.minusSeconds(86400), "Server", "Microsoft SQL Server 2022 - 16.0.4165.4 (X64)")
                .log(T.minusSeconds(86000), "spid7s", "Error: 912, Severity: 21, State: 2.")
                .log(T.minusSeconds(86000), "spid7s", "Script level upgrade for database 'master' failed.")
                .cycleLog()
                .log(T, "Server", "SQL Server is starting.")
                .log(T.plusSeconds(1), "Logon", "Error: 18456, Severity: 14, State: 8.")
                .log(T.plusSeconds(1), "Logon", "Login failed for user 'app'.")
                .log(T.plusSeconds(2), "spid5s", "Warning: The system is low on memory.")
                .log(T.plusSeconds(3), "spid9", "Error: 824, Severity: 24, State: 2.");
    }

    @Test
    void errorsHaveTheirNumbersAndTheirText() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            write(server);
            List<LogEntry> all = server.facet(LogSource.class).logs(T, T.plusSeconds(60), LogFilter.all());
            assertThat(all)
                    .extracting(LogEntry::level)
                    .containsExactly(
                            LogEntry.Level.INFO, LogEntry.Level.ERROR, LogEntry.Level.WARNING, LogEntry.Level.FATAL);
            LogEntry login = all.get(1);
            assertThat(login.timestamp()).isEqualTo(T.plusSeconds(1));
            assertThat(login.message()).contains("Error: 18456", "Login failed for user 'app'.");
            assertThat(login.source()).isEqualTo("127.0.0.1:ERRORLOG");
            assertThat(login.context())
                    .containsEntry("process", "Logon")
                    .containsEntry("error", "18456")
                    .containsEntry("severity", "14")
                    .containsEntry("state", "8");
        }
    }

    @Test
    void asManyArchivesAreReadAsTheTimeNeeds() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            write(server);
            List<LogEntry> all = server.facet(LogSource.class).logs(Instant.EPOCH, T.plusSeconds(60), LogFilter.all());
            assertThat(all).hasSize(6).isSortedAccordingTo((a, b) -> a.timestamp()
                    .compareTo(b.timestamp()));
            assertThat(all.get(1).source()).isEqualTo("127.0.0.1:ERRORLOG.1");
            assertThat(all.get(1).message()).contains("Script level upgrade");
        }
    }

    @Test
    void theNewestThatMatchAreGiven() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            write(server);
            LogSource logs = server.facet(LogSource.class);
            assertThat(logs.logs(
                            Instant.EPOCH, T.plusSeconds(60), LogFilter.all().newest(2)))
                    .extracting(LogEntry::level)
                    .containsExactly(LogEntry.Level.WARNING, LogEntry.Level.FATAL);
            assertThat(logs.logs(
                            Instant.EPOCH, T.plusSeconds(60), LogFilter.all().atLeast(LogEntry.Level.ERROR)))
                    .hasSize(3);
            assertThat(logs.logs(
                            Instant.EPOCH, T.plusSeconds(60), LogFilter.all().containing("Login failed")))
                    .singleElement()
                    .satisfies(e -> assertThat(e.context()).containsEntry("error", "18456"));
        }
    }

    @Test
    void anInstanceThatIsNotHereIsAnError() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            LogSource logs = server.facet(LogSource.class);
            assertThat(logs.logs(T, T.plusSeconds(1), LogFilter.all().of("127.0.0.1")))
                    .isEmpty();
            assertThatThrownBy(
                            () -> logs.logs(T, T.plusSeconds(1), LogFilter.all().of("SQL09")))
                    .hasMessageContaining("MSSQL-NO-TARGET")
                    .hasMessageContaining("SQL09");
        }
    }
}
