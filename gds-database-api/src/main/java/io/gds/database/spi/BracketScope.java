package io.gds.database.spi;

import static java.util.Objects.requireNonNull;

/**
 * The part of a patch that a bracket goes around.
 *
 * @param kind which part
 * @param member the member, for {@link Kind#MEMBER} and {@link Kind#RESTART}; otherwise empty
 */
public record BracketScope(Kind kind, String member) {
    /** The parts. */
    public enum Kind {
        /** The whole patch. */
        RUN,
        /** One follower's turn. */
        MEMBER,
        /** The switchover alone. */
        SWITCHOVER,
        /** The primary's restart in place. */
        RESTART
    }

    /** Checks the parts. */
    public BracketScope {
        requireNonNull(kind, "kind");
        requireNonNull(member, "member");
    }
}
