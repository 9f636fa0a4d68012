package io.gds.database.datasource;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a hold stands. Immutable.
 *
 * @param phase whether check-outs are parked
 * @param token who holds; empty when nobody does
 * @param endsIn after which time the hold ends by itself; zero when nobody holds
 * @param longest the longest hold that is granted
 * @param inUse how many connections are out
 * @param oldest for how long the oldest of these has been out; zero when there is none
 * @param parked how many check-outs wait
 */
public record HoldState(
        Phase phase, String token, Duration endsIn, Duration longest, int inUse, Duration oldest, int parked) {
    /** Whether check-outs are parked. */
    public enum Phase {
        /** Nobody holds. */
        OPEN,
        /** Check-outs are parked; connections that were handed out before are still in use. */
        HOLDING,
        /** Check-outs are parked and every connection has come back. It stays so until the hold ends. */
        QUIESCED
    }

    /** Checks the parts. */
    public HoldState {
        requireNonNull(phase, "phase");
        requireNonNull(token, "token");
        requireNonNull(endsIn, "endsIn");
        requireNonNull(longest, "longest");
        requireNonNull(oldest, "oldest");
    }

    /** Whether check-outs are parked for this token. */
    public boolean isHeldBy(String asked) {
        return phase != Phase.OPEN && token.equals(asked);
    }

    /** Whether check-outs are parked for this token and nothing is in use any more. */
    public boolean isQuiescedFor(String asked) {
        return phase == Phase.QUIESCED && token.equals(asked);
    }

    /** What announcers are told besides phase and token, times in milliseconds. */
    Map<String, Long> numbers() {
        Map<String, Long> out = new LinkedHashMap<>();
        out.put("endsInMillis", endsIn.toMillis());
        out.put("longestMillis", longest.toMillis());
        out.put("inUse", (long) inUse);
        out.put("oldestMillis", oldest.toMillis());
        out.put("parked", (long) parked);
        return out;
    }
}
