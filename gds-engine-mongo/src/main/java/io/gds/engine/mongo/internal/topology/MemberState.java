package io.gds.engine.mongo.internal.topology;

import java.util.Arrays;

/** The states of a member, by the server's numbers. */
public enum MemberState {
    /** Starts, and has no configuration yet. */
    STARTUP(0),
    /** Accepts writes. */
    PRIMARY(1),
    /** Follows. */
    SECONDARY(2),
    /** Cannot serve reads just now, or never again without an initial sync. */
    RECOVERING(3),
    /** Copies all data from another one. */
    STARTUP2(5),
    /** Nobody has told. */
    UNKNOWN(6),
    /** Votes and holds no data. */
    ARBITER(7),
    /** Does not answer the others. */
    DOWN(8),
    /** Takes back what the majority does not have. */
    ROLLBACK(9),
    /** Is in the configuration no more. */
    REMOVED(10),
    /** Is a router, which is in no set. The number is none of the server's. */
    ROUTER(-1);

    private final int number;

    MemberState(int number) {
        this.number = number;
    }

    /** The state of a number; {@link #UNKNOWN} for one that no server of today has. */
    public static MemberState of(long number) {
        return Arrays.stream(values())
                .filter(s -> s.number == number)
                .findFirst()
                .orElse(UNKNOWN);
    }
}
