package io.gds.samples.embedded;

import org.jspecify.annotations.Nullable;

/** Something around an embedded cluster failed; the message says what, and ends with the server's own words where there are any. */
public class EmbeddedClusterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EmbeddedClusterException(String message) {
        super(message);
    }

    public EmbeddedClusterException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
