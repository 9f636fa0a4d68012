package io.gds.testbed;

import java.time.Duration;
import java.util.Map;

/**
 * What a write load saw, and what the database says of it. Immutable.
 *
 * @param committed transactions whose commit was acknowledged
 * @param failed transactions that failed before their commit was sent
 * @param inDoubt transactions whose commit was sent and not acknowledged
 * @param refused connections that were not given
 * @param lost acknowledged transactions whose row is not there
 * @param twice rows that are there more than once
 * @param phantoms failed transactions whose row is there all the same
 * @param longestTransaction from asking for a connection (if the client had none) to the acknowledged commit
 * @param longestGap longest time in which no client's commit was acknowledged
 * @param errors how often each error was seen, with SQLSTATE
 */
public record WriteLoadResult(
        int committed,
        int failed,
        int inDoubt,
        int refused,
        int lost,
        int twice,
        int phantoms,
        Duration longestTransaction,
        Duration longestGap,
        Map<String, Integer> errors) {

    /** What must hold in every planned change: each acknowledged row is there exactly once, and no other. */
    public WriteLoadResult assertNothingLost() {
        if (committed == 0 || lost != 0 || twice != 0 || phantoms != 0) {
            throw new AssertionError("acknowledged writes are not all there, once: " + this);
        }
        return this;
    }

    /** What a pooler that was paused, or a pool that holds, must give: no client noticed anything but time. */
    public WriteLoadResult assertNoneFailed() {
        if (failed != 0 || inDoubt != 0 || refused != 0) {
            throw new AssertionError("transactions failed: " + this);
        }
        return assertNothingLost();
    }
}
