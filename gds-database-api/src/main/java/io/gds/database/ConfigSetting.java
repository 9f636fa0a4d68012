package io.gds.database;

import static java.util.Objects.requireNonNull;

/**
 * One setting of a server.
 *
 * @param name its name
 * @param value its value as text, with unit
 * @param source where it comes from, in the product's words
 * @param takesEffect when a changed value takes effect
 * @param pendingRestart whether a changed value waits for a restart
 */
public record ConfigSetting(String name, String value, String source, TakesEffect takesEffect, boolean pendingRestart) {
    /** When a changed value takes effect. */
    public enum TakesEffect {
        /** At once or with the next session. */
        IMMEDIATELY,
        /** After a reload. */
        AFTER_RELOAD,
        /** After a restart. */
        AFTER_RESTART,
        /** It cannot be changed. */
        NEVER
    }

    /** Checks the parts. */
    public ConfigSetting {
        requireNonNull(name, "name");
        requireNonNull(value, "value");
        requireNonNull(source, "source");
        requireNonNull(takesEffect, "takesEffect");
    }
}
