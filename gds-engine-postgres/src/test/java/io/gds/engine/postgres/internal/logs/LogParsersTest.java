package io.gds.engine.postgres.internal.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.LogEntry;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogParsersTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static List<LogEntry> stderr(String prefix, ZoneId zone, String text) {
        return new StderrLogParser(new PrefixPattern(prefix, zone)).parse(text, "n1:log");
    }

    @Test
    void continuationAndDetailLinesBelongToTheirEntry() {
        List<LogEntry> found = stderr(
                "%m [%p] ",
                ZoneOffset.UTC,
                """
                \tthe end of something older
                2026-05-01 10:00:00.123 UTC [11] ERROR:  syntax error at or near "x"
                2026-05-01 10:00:00.124 UTC [12] LOG:  checkpoint starting
                2026-05-01 10:00:00.123 UTC [11] STATEMENT:  SELECT
                \t\tx
                2026-05-01 10:00:01.000 UTC [13] PANIC:  could not write
                """);

        assertThat(found)
                .extracting(LogEntry::level)
                .containsExactly(LogEntry.Level.ERROR, LogEntry.Level.INFO, LogEntry.Level.FATAL);
        assertThat(found.get(0).message()).startsWith("syntax error").contains("STATEMENT:  SELECT");
        assertThat(found.get(0).timestamp()).isEqualTo(Instant.parse("2026-05-01T10:00:00.123Z"));
        assertThat(found.get(2).context()).containsEntry("pid", "13").containsEntry("severity", "PANIC");
    }

    @Test
    void zoneIsTheServersAndNotTheAbbreviations() {
        List<LogEntry> found = stderr("%t:", BERLIN, "2026-07-01 12:00:00 CEST:WARNING:  hot\n");

        assertThat(found).singleElement().satisfies(e -> {
            assertThat(e.timestamp()).isEqualTo(Instant.parse("2026-07-01T10:00:00Z"));
            assertThat(e.level()).isEqualTo(LogEntry.Level.WARNING);
        });
    }

    @Test
    void prefixWithSessionPartAndPaddingIsRead() {
        String prefix = "%n %-6p %e%q %u@%d %a,%h ";
        List<LogEntry> found = stderr(
                prefix,
                ZoneOffset.UTC,
                """
                1777629600.250 77     00000LOG:  from the background
                1777629601.000 78     42P01 kim@app my app,[local] ERROR:  no such relation
                """);

        assertThat(found).hasSize(2);
        assertThat(found.get(0).timestamp()).isEqualTo(Instant.ofEpochMilli(1777629600250L));
        assertThat(found.get(1).context())
                .containsEntry("user", "kim")
                .containsEntry("database", "app")
                .containsEntry("application", "my app")
                .containsEntry("client", "[local]")
                .containsEntry("sqlstate", "42P01")
                .containsEntry("pid", "78");
    }

    @Test
    void prefixWithoutTimeIsKnownAsSuch() {
        assertThat(new PrefixPattern("[%p] %%", ZoneOffset.UTC).hasTime()).isFalse();
        assertThat(new PrefixPattern("%m [%p] ", ZoneOffset.UTC).hasTime()).isTrue();
    }

    @Test
    void csvFieldsMayHoldQuotesAndLineBreaks() {
        String text = "cut off\",,,\n"
                + "2026-05-01 10:00:00.123 UTC,\"kim\",\"app\",11,\"[local]\",6.1,1,\"SELECT\",2026-05-01 09:00:00 UTC,1/1,0,"
                + "ERROR,42601,\"a \"\"b\"\"\nc\",\"more\",,,,,\"SELECT, 1\",,,\"psql\",\"client backend\"\n";

        // What was cut off leaves its quote open; records come right again with the next whole piece.
        List<LogEntry> found = new CsvLogParser(ZoneOffset.UTC).parse(text.substring(text.indexOf('\n') + 1), "n1:log");

        assertThat(found).singleElement().satisfies(e -> {
            assertThat(e.message()).isEqualTo("a \"b\"\nc\nDETAIL:  more\nSTATEMENT:  SELECT, 1");
            assertThat(e.context()).containsEntry("application", "psql").containsEntry("sqlstate", "42601");
        });
    }

    @Test
    void csvWhoseBeginningIsLostLosesOnlyTheFirstRecord() {
        String whole =
                "2026-05-01 10:00:0%d.123 UTC,\"kim\",\"app\",11,\"[local]\",6.1,1,\"SELECT\",2026-05-01 09:00:00 UTC,1/1,0,"
                        + "ERROR,42601,\"first\nsecond\",,,,,,,,,\"psql\",\"client backend\"\n";
        String text = "ost \"\"half\"\" of it\nand more\",,,,,\n" + whole.formatted(1) + whole.formatted(2);

        assertThat(new CsvLogParser(ZoneOffset.UTC).parse(text, "n1:log")).hasSize(2);
    }

    @Test
    void jsonLinesThatAreCutAreDropped() {
        String line = "{\"timestamp\":\"2026-05-01 10:00:00.123 UTC\",\"pid\":5,\"error_severity\":\"FATAL\","
                + "\"message\":\"say \\\"hi\\\"\\u00e9\"}";

        List<LogEntry> found = new JsonLogParser(ZoneOffset.UTC)
                .parse(line.substring(5) + "\n" + line + "\n" + line.substring(0, 20), "n1:log");

        assertThat(found).singleElement().satisfies(e -> {
            assertThat(e.message()).isEqualTo("say \"hi\"é");
            assertThat(e.level()).isEqualTo(LogEntry.Level.FATAL);
            assertThat(e.context()).containsEntry("pid", "5");
        });
    }
}
