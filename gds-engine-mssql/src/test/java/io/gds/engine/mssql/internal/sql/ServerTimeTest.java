package io.gds.engine.mssql.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerTimeTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "-1, 0", "330, 330", "331, 330", "344, 345", "-479, -480", "-481, -480", "60, 60"})
    void aMinuteThatPassedBetweenTwoLooksAtTheClockDoesNotCount(long counted, int east) {
        assertThat(ServerTime.east(counted)).isEqualTo(east);
    }

    @Test
    void theWallIsAheadOfUtc() {
        ServerTime kolkata = new ServerTime(Instant.EPOCH, 330);
        assertThat(kolkata.at(LocalDateTime.of(2026, 11, 23, 5, 30))).isEqualTo("2026-11-23T00:00:00Z");
    }
}
