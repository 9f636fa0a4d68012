package io.gds.database.testkit.powershell;

import org.jspecify.annotations.Nullable;

/** Takes what a command writes, object by object. */
@FunctionalInterface
interface Output {
    void write(@Nullable Object value);

    /** Writes what a pipeline makes of a value: its elements, or it alone. */
    default void writeItems(@Nullable Object value) {
        Conversions.items(value).forEach(this::write);
    }
}
