package io.gds.database.testkit.tds;

/** How a server is set up for TLS. What a connection gets also depends on the client's {@code encrypt}. */
public enum Encryption {
    /** No TLS: clients that insist on it ({@code encrypt=true}) give up. */
    NOT_SUPPORTED,
    /** The usual set-up: a client that does not ask for TLS gets it for its login packet alone, others for everything. */
    LOGIN_ONLY,
    /** Forced: everything is encrypted, whether the client asks or not. */
    ON,
    /** TDS 8: TLS before anything else; only clients with {@code encrypt=strict} come in. */
    STRICT;

    static final int OFFER_OFF = 0;
    static final int OFFER_ON = 1;
    static final int OFFER_NONE = 2;
    static final int OFFER_REQUIRED = 3;

    /** What of a connection goes through TLS. */
    enum Extent {
        NOTHING,
        LOGIN,
        EVERYTHING
    }

    /** The byte of the answer to a client's byte, as in the table of MS-TDS 2.2.6.5. */
    int answer(int wanted) {
        return switch (this) {
            case NOT_SUPPORTED -> OFFER_NONE;
            case LOGIN_ONLY -> wanted == OFFER_REQUIRED ? OFFER_ON : wanted;
            case ON -> wanted == OFFER_ON || wanted == OFFER_REQUIRED ? OFFER_ON : OFFER_REQUIRED;
            // The stream is encrypted already, and this byte has no say any more.
            case STRICT -> wanted;
        };
    }

    /** What follows from the client's byte and the answer to it. */
    Extent extent(int wanted) {
        if (this == NOT_SUPPORTED || this == STRICT || wanted == OFFER_NONE) {
            return Extent.NOTHING;
        }
        return answer(wanted) == OFFER_OFF ? Extent.LOGIN : Extent.EVERYTHING;
    }
}
