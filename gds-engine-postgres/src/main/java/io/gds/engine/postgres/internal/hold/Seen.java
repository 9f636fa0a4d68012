package io.gds.engine.postgres.internal.hold;

import io.gds.database.spi.JsonReader;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an application says of its hold.
 *
 * @param phase whether it holds
 * @param token for whom; empty when it does not
 * @param longest the longest hold that it grants
 * @param inUse how many of its connections are in use
 * @param oldest for how long the oldest of these has been
 */
record Seen(Phase phase, String token, Duration longest, long inUse, Duration oldest) {
    /** Whether an application holds. */
    enum Phase {
        /** Nobody who would hold is there. */
        ABSENT,
        OPEN,
        HOLDING,
        QUIESCED
    }

    static Seen absent() {
        return new Seen(Phase.ABSENT, "", Duration.ZERO, 0, Duration.ZERO);
    }

    /**
     * Reads an answer of the application's endpoint.
     *
     * @throws IllegalArgumentException when it is none
     */
    static Seen ofJson(String json) {
        return of(JsonReader.object(json));
    }

    /**
     * Reads the same, by name.
     *
     * @throws IllegalArgumentException when there is no phase among them
     */
    static Seen of(Map<String, ? extends @Nullable Object> values) {
        return new Seen(
                Phase.valueOf(text(values, "phase").toUpperCase(Locale.ROOT)),
                text(values, "token"),
                millis(values, "longestMillis"),
                number(values, "inUse"),
                millis(values, "oldestMillis"));
    }

    boolean isQuiescedFor(String asked) {
        return phase == Phase.QUIESCED && token.equals(asked);
    }

    boolean isHeldBy(String owner) {
        return isHeld() && HoldToken.isOf(token, owner);
    }

    boolean isHeld() {
        return phase == Phase.HOLDING || phase == Phase.QUIESCED;
    }

    /** Of two instances behind one announcement: what is true of both. */
    Seen and(Seen other) {
        boolean agree = phase == other.phase && token.equals(other.token);
        boolean held = isHeld() || other.isHeld();
        return new Seen(
                agree ? phase : held ? Phase.HOLDING : Phase.OPEN,
                token.isEmpty() ? other.token : token,
                longest.compareTo(other.longest) < 0 ? longest : other.longest,
                inUse + other.inUse,
                oldest.compareTo(other.oldest) > 0 ? oldest : other.oldest);
    }

    @Override
    public String toString() {
        String use = inUse == 0 ? "" : ", " + inUse + " connections in use, one for " + oldest.toMillis() + " ms";
        return phase.name().toLowerCase(Locale.ROOT) + (token.isEmpty() ? "" : " for " + token) + use;
    }

    private static String text(Map<String, ? extends @Nullable Object> values, String key) {
        Object value = values.get(key);
        return value == null ? "" : value.toString();
    }

    private static long number(Map<String, ? extends @Nullable Object> values, String key) {
        String text = text(values, key);
        return text.matches("[0-9]{1,15}") ? Long.parseLong(text) : 0;
    }

    private static Duration millis(Map<String, ? extends @Nullable Object> values, String key) {
        return Duration.ofMillis(number(values, key));
    }
}
