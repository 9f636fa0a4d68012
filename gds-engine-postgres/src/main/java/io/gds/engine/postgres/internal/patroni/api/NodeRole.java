package io.gds.engine.postgres.internal.patroni.api;

import java.util.Locale;

/** A member's role under one name in all versions. */
public enum NodeRole {
    /** It is, or says it is, the primary. */
    LEADER,
    /** It leads a standby cluster: a cascading standby that others follow. */
    STANDBY_LEADER,
    /** It follows. */
    REPLICA,
    /** It says something else, such as {@code demoted} or {@code uninitialized}. */
    UNKNOWN;

    /** Until 3.3 the leader's own word was {@code master}; {@code /cluster} always said {@code leader}. */
    static NodeRole of(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "leader", "primary", "master", "promoted" -> LEADER;
            case "standby_leader" -> STANDBY_LEADER;
            case "replica", "sync_standby", "quorum_standby" -> REPLICA;
            default -> UNKNOWN;
        };
    }
}
