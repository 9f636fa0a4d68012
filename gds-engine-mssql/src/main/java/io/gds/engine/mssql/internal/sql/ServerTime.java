package io.gds.engine.mssql.internal.sql;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * The clock of a server: it keeps time in UTC, and its log and its views tell it by the clock on the wall.
 *
 * @param now the server's time
 * @param minutesEast how far the wall is ahead of UTC now; where clocks are changed twice a year, times of the other half are an hour off
 */
public record ServerTime(Instant now, int minutesEast) {
    private static final String CLOCK =
            "SELECT GETUTCDATE() AS utc, DATEDIFF(minute, GETUTCDATE(), GETDATE()) AS minutes_east";

    /** What all time zones are multiples of. */
    private static final int QUARTER = 15;

    /**
     * How far a wall is ahead of UTC: the server counts full minutes that were passed between two looks at its clock, which may be
     * one too many or too few.
     */
    static int east(long minutes) {
        return Math.toIntExact(Math.round(minutes / (double) QUARTER) * QUARTER);
    }

    /** Reads it. */
    public static ServerTime read(Statement s) throws SQLException {
        return SqlQuery.first(
                        s,
                        CLOCK,
                        row -> new ServerTime(
                                row.time("utc").orElseThrow().toInstant(ZoneOffset.UTC),
                                east(row.number("minutes_east").orElse(0))))
                .orElseThrow(() -> new SQLException("a SELECT without a table gave no row"));
    }

    /** When it was so by the clock on the wall. */
    public Instant at(LocalDateTime wall) {
        return wall.minusMinutes(minutesEast).toInstant(ZoneOffset.UTC);
    }
}
