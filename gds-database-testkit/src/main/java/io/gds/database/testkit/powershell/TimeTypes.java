package io.gds.database.testkit.powershell;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** DateTime and TimeSpan, by the clock and in the time zone of a host. */
final class TimeTypes {
    private static final List<String> DATES = List.of(
            "uuuu-MM-dd'T'HH:mm:ss",
            "uuuu-MM-dd HH:mm:ss",
            "MM/dd/uuuu HH:mm:ss",
            "uuuu-MM-dd'T'HH:mm",
            "uuuu-MM-dd HH:mm");
    private static final List<String> DAYS = List.of("uuuu-MM-dd", "M/d/uuuu");

    private final PowerShellHost host;

    TimeTypes(PowerShellHost host) {
        this.host = host;
    }

    void addTo(NetTypes types) {
        types.add(NetType.named("System.DateTime")
                .cast(this::dateTime)
                .property("Now", () -> PsDateTime.local(host.now(), host.zone()))
                .property("UtcNow", () -> PsDateTime.utc(host.now(), host.zone()))
                .property(
                        "MinValue",
                        () -> new PsDateTime(
                                LocalDate.of(1, 1, 1).atStartOfDay(), PsDateTime.Kind.UNSPECIFIED, host.zone()))
                .method("Parse", a -> dateTime(a.exactly(1).text(0))));
        types.add(NetType.named("System.TimeSpan")
                .cast(TimeTypes::timeSpan)
                .property("Zero", () -> Duration.ZERO)
                .method("FromSeconds", a -> Times.ofSeconds(number(a.exactly(1))))
                .method("FromMinutes", a -> Times.ofSeconds(number(a.exactly(1)) * 60))
                .method("FromHours", a -> Times.ofSeconds(number(a.exactly(1)) * 3600))
                .method("FromMilliseconds", a -> Duration.ofMillis(Math.round(number(a.exactly(1))))));
        types.alias("datetime", "System.DateTime").alias("timespan", "System.TimeSpan");
    }

    private static double number(NetArguments a) {
        return Numbers.number(a.get(0), "System.Double").doubleValue();
    }

    private PsDateTime dateTime(@Nullable Object value) {
        if (value instanceof PsDateTime d) {
            return d;
        }
        PsDateTime parsed = value instanceof String s ? parse(s.trim(), host.zone()) : null;
        if (parsed != null) {
            return parsed;
        }
        if (value instanceof String s) {
            throw Numbers.castFailure(
                    "Cannot convert value \"" + s
                            + "\" to type \"System.DateTime\". Error: \"String was not recognized "
                            + "as a valid DateTime.\"",
                    "InvalidCastParseTargetInvocationWithFormatProvider");
        }
        throw Casts.failure(value, "System.DateTime");
    }

    /** A time with an offset becomes the host's own, as .NET's Parse has it; one without stays nobody's. */
    private static @Nullable PsDateTime parse(String text, ZoneId zone) {
        try {
            return PsDateTime.local(OffsetDateTime.parse(text).toInstant(), zone);
        } catch (DateTimeParseException noOffset) {
            // goes on below
        }
        String plain = text;
        long nanos = 0;
        java.util.regex.Matcher m =
                java.util.regex.Pattern.compile("(.*:\\d\\d)\\.(\\d{1,7})").matcher(text);
        if (m.matches()) {
            plain = m.group(1);
            nanos = Long.parseLong((m.group(2) + "000000000").substring(0, 9));
        }
        for (String pattern : DATES) {
            try {
                LocalDateTime time = LocalDateTime.parse(plain, DateTimeFormatter.ofPattern(pattern, Locale.ROOT));
                return new PsDateTime(time.plusNanos(nanos), PsDateTime.Kind.UNSPECIFIED, zone);
            } catch (DateTimeParseException another) {
                // the next pattern may fit
            }
        }
        for (String pattern : DAYS) {
            try {
                LocalDate day = LocalDate.parse(plain, DateTimeFormatter.ofPattern(pattern, Locale.ROOT));
                return new PsDateTime(LocalDateTime.of(day, LocalTime.MIDNIGHT), PsDateTime.Kind.UNSPECIFIED, zone);
            } catch (DateTimeParseException another) {
                // the next pattern may fit
            }
        }
        return null;
    }

    private static Duration timeSpan(@Nullable Object value) {
        if (value instanceof String s) {
            java.util.regex.Matcher m = java.util.regex.Pattern.compile(
                            "(-)?(?:(\\d+)\\.)?(\\d+):(\\d\\d)(?::(\\d\\d))?")
                    .matcher(s.trim());
            if (m.matches()) {
                Duration d = Duration.ofDays(m.group(2) == null ? 0 : Long.parseLong(m.group(2)))
                        .plusHours(Long.parseLong(m.group(3)))
                        .plusMinutes(Long.parseLong(m.group(4)))
                        .plusSeconds(m.group(5) == null ? 0 : Long.parseLong(m.group(5)));
                return m.group(1) == null ? d : d.negated();
            }
            throw new UnsupportedPowerShell("the TimeSpan '" + s + "'");
        }
        return BaseTypes.span(value);
    }

    /** The members of a DateTime. */
    static @Nullable Object member(PsDateTime d, String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "year" -> d.time().getYear();
            case "month" -> d.time().getMonthValue();
            case "day" -> d.time().getDayOfMonth();
            case "hour" -> d.time().getHour();
            case "minute" -> d.time().getMinute();
            case "second" -> d.time().getSecond();
            case "millisecond" -> d.time().get(ChronoField.MILLI_OF_SECOND);
            case "ticks" -> ticks(d);
            case "date" -> new PsDateTime(d.time().toLocalDate().atStartOfDay(), d.kind(), d.zone());
            case "kind" -> kind(d.kind());
            default -> throw new UnsupportedPowerShell("[DateTime]." + name);
        };
    }

    private static PsEnum kind(PsDateTime.Kind kind) {
        return switch (kind) {
            case UNSPECIFIED -> new PsEnum("System.DateTimeKind", "Unspecified", 0);
            case UTC -> new PsEnum("System.DateTimeKind", "Utc", 1);
            case LOCAL -> new PsEnum("System.DateTimeKind", "Local", 2);
        };
    }

    private static long ticks(PsDateTime d) {
        Duration since = Duration.between(
                LocalDate.of(1, 1, 1).atStartOfDay(ZoneOffset.UTC), d.time().atZone(ZoneOffset.UTC));
        return since.getSeconds() * 10_000_000 + since.getNano() / 100;
    }

    /** The methods of a DateTime. */
    static Object call(PsDateTime d, String name, NetArguments a) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "touniversaltime" -> d.toUtc();
            case "tolocaltime" -> d.toLocal();
            case "tostring" -> {
                if (a.count() == 0) {
                    throw new UnsupportedPowerShell("[DateTime].ToString() in the host's culture");
                }
                yield d.format(a.exactly(1).text(0));
            }
            case "addseconds" -> d.plusNanos(Times.ofSeconds(number(a)).toNanos());
            case "addminutes" -> d.plusNanos(Times.ofSeconds(number(a) * 60).toNanos());
            case "addhours" -> d.plusNanos(Times.ofSeconds(number(a) * 3600).toNanos());
            case "adddays" -> d.plusNanos(Times.ofSeconds(number(a) * 86_400).toNanos());
            case "addmilliseconds" -> d.plusNanos(Math.round(number(a)) * 1_000_000);
            case "add" -> d.plusNanos(a.duration(0).toNanos());
            default -> throw new UnsupportedPowerShell("[DateTime]." + name + "()");
        };
    }

    /** The members of a TimeSpan. */
    static Object member(Duration d, String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "totalseconds" -> Times.seconds(d);
            case "totalminutes" -> Times.seconds(d) / 60;
            case "totalhours" -> Times.seconds(d) / 3600;
            case "totaldays" -> Times.seconds(d) / 86_400;
            case "totalmilliseconds" -> Times.seconds(d) * 1000;
            case "days" -> (int) d.toDays();
            case "hours" -> d.toHoursPart();
            case "minutes" -> d.toMinutesPart();
            case "seconds" -> d.toSecondsPart();
            case "ticks" -> d.toNanos() / 100;
            default -> throw new UnsupportedPowerShell("[TimeSpan]." + name);
        };
    }
}
