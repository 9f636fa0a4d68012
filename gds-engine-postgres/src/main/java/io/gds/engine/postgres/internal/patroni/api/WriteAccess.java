package io.gds.engine.postgres.internal.patroni.api;

/**
 * Whether a member would carry out our verbs. Found without an effect.
 *
 * @param kind the answer
 * @param text what the member said, shortened and masked
 */
public record WriteAccess(Kind kind, String text) {
    /** Whether it would. */
    public boolean isAllowed() {
        return kind == Kind.ALLOWED;
    }

    /** The answers. */
    public enum Kind {
        /** It would. */
        ALLOWED,
        /** No login, or a wrong one. */
        UNAUTHORISED,
        /** The address is not on the allow-list, or a client certificate is missing. */
        FORBIDDEN
    }
}
