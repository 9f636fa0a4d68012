package io.gds.database.testkit.powershell;

import org.jspecify.annotations.Nullable;

/**
 * What a catch block finds in {@code $_}.
 *
 * @param exception what happened
 * @param category for example ObjectNotFound
 * @param errorId the fully qualified id
 * @param command the command or the program that it happened in; empty for an expression
 * @param source the script
 * @param at where in it
 * @param target what it was about, as a catch block may ask; for a thrown string that string
 */
record ErrorRecord(
        NetException exception,
        String category,
        String errorId,
        String command,
        Source source,
        Position at,
        @Nullable Object target) {
    ErrorRecord withException(NetException other) {
        return new ErrorRecord(other, category, errorId, command, source, at, target);
    }

    @Override
    public String toString() {
        return exception.message();
    }
}
