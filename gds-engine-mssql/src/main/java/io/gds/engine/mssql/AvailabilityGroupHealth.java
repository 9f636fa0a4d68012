package io.gds.engine.mssql;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An availability group as its primary and every other replica showed it at one time. A distributed group is one whose replicas are groups: its
 * trouble is that of the link between them, and its databases are those on the forwarder.
 *
 * @param name its name
 * @param clusterType {@code WSFC}, {@code EXTERNAL} or {@code NONE}; {@link #DISTRIBUTED} for a distributed group, which no cluster knows
 * @param primary the node that leads it; empty when nobody does, or more than one says so
 * @param requiredSynchronizedSecondaries how many must be synchronized for a commit to go on
 * @param replicas all of them
 * @param trouble what is not in order, in words; empty when everything is
 */
public record AvailabilityGroupHealth(
        String name,
        String clusterType,
        Optional<String> primary,
        int requiredSynchronizedSecondaries,
        List<Replica> replicas,
        List<String> trouble) {
    /** The cluster type of distributed groups here. */
    public static final String DISTRIBUTED = "DISTRIBUTED";

    /** Copies the lists. */
    public AvailabilityGroupHealth {
        replicas = List.copyOf(replicas);
        trouble = List.copyOf(trouble);
    }

    /** Whether it has one primary, everybody is connected and every database is as its replica's mode wants it. */
    public boolean isHealthy() {
        return trouble.isEmpty();
    }

    /**
     * A replica.
     *
     * @param node its node in the cluster spec; what its instance calls itself where the spec has none; of a distributed group the name of a
     *     group
     * @param role {@code PRIMARY}, {@code SECONDARY}, {@code RESOLVING}; empty where it did not answer
     * @param commitMode {@code SYNCHRONOUS_COMMIT}, {@code ASYNCHRONOUS_COMMIT} or {@code CONFIGURATION_ONLY}
     * @param failoverMode {@code AUTOMATIC}, {@code MANUAL} or {@code EXTERNAL}
     * @param connected whether the primary reaches it
     * @param readyForFailover whether a failover to it would lose nothing of any database
     * @param databases its databases, as the primary has them
     */
    public record Replica(
            String node,
            Optional<String> role,
            String commitMode,
            String failoverMode,
            boolean connected,
            boolean readyForFailover,
            List<DatabaseState> databases) {
        /** Copies the list. */
        public Replica {
            databases = List.copyOf(databases);
        }
    }

    /**
     * A database on a replica.
     *
     * @param name the database
     * @param synchronization in the server's words, such as {@code SYNCHRONIZED}
     * @param suspended why its data do not move; empty when they do
     * @param readyForFailover whether a failover would lose nothing of it
     * @param sendQueueKilobytes what the primary has not sent yet
     * @param redoQueueKilobytes what is received and not redone yet
     * @param estimatedRecovery how long redoing that takes at the rate of now; empty where no rate is known
     */
    public record DatabaseState(
            String name,
            String synchronization,
            Optional<String> suspended,
            boolean readyForFailover,
            long sendQueueKilobytes,
            long redoQueueKilobytes,
            Optional<Duration> estimatedRecovery) {}
}
