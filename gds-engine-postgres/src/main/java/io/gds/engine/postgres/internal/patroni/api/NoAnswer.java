package io.gds.engine.postgres.internal.patroni.api;

/** A call that ended without a status line. */
final class NoAnswer extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** What is known of the request. */
    enum Kind {
        /** It never left: whatever it asks for did not happen. */
        NOT_SENT,
        /** The two sides did not agree on TLS: it was never read. */
        TLS,
        /** It may have been carried out. */
        LOST
    }

    NoAnswer(Kind kind, String why, Throwable cause) {
        super(why, cause);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
