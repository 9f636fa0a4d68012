package io.gds.engine.mssql;

import java.time.Instant;
import java.util.Optional;

/** What rows of a report refuse, because a workbook could not show it as what it is. */
final class ReportValues {
    /** Excel has no date before and none after. */
    private static final Instant FIRST = Instant.parse("1900-01-01T00:00:00Z");

    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    private ReportValues() {}

    static void named(String part, String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(part + ": found a blank text, expected a name");
        }
    }

    static void moment(String part, Optional<Instant> moment) {
        moment.filter(m -> m.isBefore(FIRST) || !m.isBefore(END)).ifPresent(m -> {
            throw new IllegalArgumentException(part + ": found " + m + ", expected a moment in the years 1900 to 9999");
        });
    }
}
