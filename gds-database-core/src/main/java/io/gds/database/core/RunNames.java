package io.gds.database.core;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.function.Supplier;

/** Names of runs that people can read out and that sort by time: {@code 20261121-163012-9f3a2c}. */
final class RunNames implements Supplier<String> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    RunNames(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String get() {
        byte[] tail = new byte[4];
        random.nextBytes(tail);
        return TIME.format(clock.instant()) + "-" + HexFormat.of().formatHex(tail);
    }
}
