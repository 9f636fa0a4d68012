package io.gds.engine.mssql.internal.pacemaker;

import org.jspecify.annotations.Nullable;

/** A host could not be asked, so nothing was begun there. */
final class NotAskedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotAskedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
