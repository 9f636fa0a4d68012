package io.gds.engine.postgres.internal.pooler;

import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;

/**
 * How long clients of a proxy are without a primary in a switchover, at most and without counting their own pauses between
 * two attempts: the later of two ends. The new primary is there and has been seen; or the last client that was sent to the
 * old one, just before that was seen down, has tried often enough.
 *
 * @param promotion without a primary at all
 * @param seenUp from then until the proxy has noticed
 * @param seenDown from the loss of the old primary until the proxy has noticed
 * @param stuck how long a client that was sent to the lost server is kept trying
 */
record HaproxyOutage(Duration promotion, Duration seenUp, Duration seenDown, Duration stuck) {
    /** HAProxy waits so long between two tries when a connect is refused. */
    private static final Duration TURN_AROUND = Duration.ofSeconds(1);

    static HaproxyOutage of(HaproxyBackend backend, Duration promotion) {
        Duration pause = backend.connectTimeout()
                .filter(c -> c.compareTo(TURN_AROUND) < 0)
                .orElse(TURN_AROUND);
        return new HaproxyOutage(
                promotion, slowest(backend, true), slowest(backend, false), pause.multipliedBy(backend.retries()));
    }

    private static Duration slowest(HaproxyBackend backend, boolean up) {
        return backend.servers().stream()
                .filter(HaproxyBackend.Server::checked)
                .map(s -> up
                        ? s.downInter().plus(s.fastInter().multipliedBy(s.rise() - 1L))
                        : s.inter().plus(s.fastInter().multipliedBy(s.fall() - 1L)))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** In all. */
    Duration longest() {
        Duration byUp = promotion.plus(seenUp);
        Duration byStuck = seenDown.plus(stuck);
        return byUp.compareTo(byStuck) > 0 ? byUp : byStuck;
    }

    /** The sum with its terms. */
    String explained() {
        return "up to " + seconds(longest()) + " s without a primary: the later of promotion " + seconds(promotion)
                + " + new primary seen up (downinter + (rise - 1) x fastinter) " + seconds(seenUp)
                + ", and old primary seen down (inter + (fall - 1) x fastinter) " + seconds(seenDown)
                + " + connects that are kept trying (retries x the lesser of timeout connect and 1 s) "
                + seconds(stuck);
    }

    private static String seconds(Duration d) {
        return String.format(Locale.ROOT, "%.1f", d.toMillis() / 1000.0);
    }
}
