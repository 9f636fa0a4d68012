package io.gds.database.testkit.mssql;

import java.time.Duration;

/**
 * How long things take in a group, by the timer of its hosts.
 *
 * @param failover from the moment a failover is accepted until there is a new primary, and until a primary that came back is one again
 * @param recovery until the databases of a new primary are online
 * @param reconnect until a secondary is connected after it came back, or after there is a new primary
 * @param settle how long a database is at least SYNCHRONIZING after it was connected
 */
public record GroupTimes(Duration failover, Duration recovery, Duration reconnect, Duration settle) {
    /** Three seconds, one, two and one. */
    public static GroupTimes usual() {
        return new GroupTimes(
                Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(1));
    }

    /** Some milliseconds each, for tests in real time. */
    public static GroupTimes quick() {
        Duration moment = Duration.ofMillis(20);
        return new GroupTimes(moment, moment, moment, moment);
    }
}
