package io.gds.database.testkit.tds;

import java.net.ProtocolException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Days and times as the protocol has them. The old {@code datetime} counts from 1900, all others from the year 1. */
final class TimeCodec {
    private static final LocalDate YEAR_1 = LocalDate.of(1, 1, 1);
    private static final LocalDate YEAR_1900 = LocalDate.of(1900, 1, 1);
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int TICKS_PER_SECOND = 300;
    private static final int SECONDS_PER_MINUTE = 60;
    private static final int DATE_BYTES = 3;
    private static final int NANO_DIGITS = 9;

    private TimeCodec() {}

    static int timeBytes(int scale) {
        return scale <= 2 ? 3 : scale <= 4 ? 4 : 5;
    }

    static int dateBytes() {
        return DATE_BYTES;
    }

    static void date(TdsBuffer out, LocalDate date) {
        out.number(date.toEpochDay() - YEAR_1.toEpochDay(), DATE_BYTES);
    }

    static LocalDate date(TdsCursor in) throws ProtocolException {
        return YEAR_1.plusDays(in.unsigned(DATE_BYTES));
    }

    static void time(TdsBuffer out, LocalTime time, int scale) {
        out.number(time.toNanoOfDay() / unit(scale), timeBytes(scale));
    }

    static LocalTime time(TdsCursor in, int scale) throws ProtocolException {
        return LocalTime.ofNanoOfDay(in.unsigned(timeBytes(scale)) * unit(scale));
    }

    private static long unit(int scale) {
        long unit = 1;
        for (int digit = scale; digit < NANO_DIGITS; digit++) {
            unit *= 10;
        }
        return unit;
    }

    static void datetime2(TdsBuffer out, LocalDateTime value, int scale) {
        time(out, value.toLocalTime(), scale);
        date(out, value.toLocalDate());
    }

    static LocalDateTime datetime2(TdsCursor in, int scale) throws ProtocolException {
        LocalTime time = time(in, scale);
        return date(in).atTime(time);
    }

    /** The time is that of UTC, and the offset stands beside it. */
    static void datetimeOffset(TdsBuffer out, OffsetDateTime value, int scale) {
        datetime2(out, value.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime(), scale);
        out.u16(value.getOffset().getTotalSeconds() / SECONDS_PER_MINUTE);
    }

    static OffsetDateTime datetimeOffset(TdsCursor in, int scale) throws ProtocolException {
        LocalDateTime utc = datetime2(in, scale);
        int minutes = (short) in.u16();
        return utc.atOffset(ZoneOffset.UTC)
                .withOffsetSameInstant(ZoneOffset.ofTotalSeconds(minutes * SECONDS_PER_MINUTE));
    }

    static void datetime(TdsBuffer out, LocalDateTime value) {
        long ticks = (value.toLocalTime().toNanoOfDay() * TICKS_PER_SECOND + NANOS_PER_SECOND / 2) / NANOS_PER_SECOND;
        long ticksPerDay = 24L * 60 * 60 * TICKS_PER_SECOND;
        // The last instants of a day round up to the next one.
        long days = value.toLocalDate().toEpochDay() - YEAR_1900.toEpochDay() + ticks / ticksPerDay;
        out.i32((int) days).i32((int) (ticks % ticksPerDay));
    }

    /** In eight bytes: days and ticks; in four: days and minutes. */
    static LocalDateTime datetime(TdsCursor in, int size) throws ProtocolException {
        if (size == Integer.BYTES) {
            LocalDate day = YEAR_1900.plusDays(in.u16());
            return day.atStartOfDay().plusMinutes(in.u16());
        }
        LocalDate day = YEAR_1900.plusDays(in.i32());
        return day.atStartOfDay().plusNanos(in.i32() * NANOS_PER_SECOND / TICKS_PER_SECOND);
    }
}
