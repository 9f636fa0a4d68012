package io.gds.database.testkit.powershell;

import org.jspecify.annotations.Nullable;

/**
 * One thing given to a command.
 *
 * @param name the parameter, as it was written; null for an argument without one
 * @param joined whether the value was joined to the name by a colon
 * @param value the value, of an argument or a joined one
 * @param text how it was written, for programs that get it as it is
 */
record Given(@Nullable String name, boolean joined, @Nullable Object value, String text) {
    static Given argument(@Nullable Object value, String text) {
        return new Given(null, false, value, text);
    }

    static Given argument(@Nullable Object value) {
        return new Given(null, false, value, Conversions.text(value));
    }

    /** As it is, for a program. */
    static Given verbatim(String text) {
        return new Given(null, false, Nothing.VALUE, text);
    }

    boolean isVerbatim() {
        return value == Nothing.VALUE;
    }

    static Given named(String name) {
        return new Given(name, false, null, "-" + name);
    }

    static Given joined(String name, @Nullable Object value) {
        return new Given(name, true, value, "-" + name + ":" + Conversions.text(value));
    }
}
