package io.gds.database.testkit.mssql;

import java.time.Duration;

/**
 * What is set for a replica, and only changes when somebody sets something else.
 *
 * @param availability whether commits wait for it
 * @param failover who may fail over to it
 * @param connections who may read it while it is a secondary
 * @param sessionTimeout after which silence the others take it for gone
 * @param backupPriority 0 to 100
 */
public record ReplicaSettings(
        AvailabilityMode availability,
        FailoverMode failover,
        SecondaryConnections connections,
        Duration sessionTimeout,
        int backupPriority) {
    private static final Duration USUAL = Duration.ofSeconds(10);

    /** Checks what the model can check without its group. */
    public ReplicaSettings {
        if (failover == FailoverMode.AUTOMATIC && availability != AvailabilityMode.SYNCHRONOUS_COMMIT) {
            throw new IllegalArgumentException("automatic failover to a replica with " + availability);
        }
        if (backupPriority < 0 || backupPriority > 100) {
            throw new IllegalArgumentException("backupPriority " + backupPriority + " is not within 0 and 100");
        }
    }

    /** Commits wait for it, nobody reads it, and it becomes primary when somebody says so. */
    public static ReplicaSettings synchronous() {
        return new ReplicaSettings(
                AvailabilityMode.SYNCHRONOUS_COMMIT, FailoverMode.MANUAL, SecondaryConnections.NO, USUAL, 50);
    }

    /** Commits wait for it, nobody reads it, and it becomes primary by itself when the primary is gone. */
    public static ReplicaSettings automatic() {
        return synchronous().with(FailoverMode.AUTOMATIC);
    }

    /** Commits do not wait for it, and nobody reads it. */
    public static ReplicaSettings asynchronous() {
        return synchronous().with(AvailabilityMode.ASYNCHRONOUS_COMMIT);
    }

    /** A witness without databases. */
    public static ReplicaSettings configurationOnly() {
        return synchronous().with(AvailabilityMode.CONFIGURATION_ONLY).with(FailoverMode.EXTERNAL);
    }

    /** The same with another mode. */
    public ReplicaSettings with(AvailabilityMode other) {
        return new ReplicaSettings(other, failover, connections, sessionTimeout, backupPriority);
    }

    /** The same with another mode. */
    public ReplicaSettings with(FailoverMode other) {
        return new ReplicaSettings(availability, other, connections, sessionTimeout, backupPriority);
    }

    /** The same for other readers. */
    public ReplicaSettings with(SecondaryConnections other) {
        return new ReplicaSettings(availability, failover, other, sessionTimeout, backupPriority);
    }

    /** The same with another timeout. */
    public ReplicaSettings timeout(Duration other) {
        return new ReplicaSettings(availability, failover, connections, other, backupPriority);
    }

    /** The same with another priority. */
    public ReplicaSettings priority(int other) {
        return new ReplicaSettings(availability, failover, connections, sessionTimeout, other);
    }

    boolean isSynchronous() {
        return availability == AvailabilityMode.SYNCHRONOUS_COMMIT;
    }

    boolean hasDatabases() {
        return availability != AvailabilityMode.CONFIGURATION_ONLY;
    }
}
