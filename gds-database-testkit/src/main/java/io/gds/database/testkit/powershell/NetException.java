package io.gds.database.testkit.powershell;

import org.jspecify.annotations.Nullable;

/**
 * An exception of .NET.
 *
 * @param type its full name
 * @param message what it says
 * @param inner what caused it
 */
public record NetException(String type, String message, @Nullable NetException inner) {
    /** Without a cause. */
    public NetException(String type, String message) {
        this(type, message, null);
    }

    @Override
    public String toString() {
        return type + ": " + message;
    }
}
