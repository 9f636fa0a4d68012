package io.gds.engine.postgres.internal.topology;

import io.gds.database.topology.MemberRole;
import io.gds.database.version.EngineVersion;
import io.gds.engine.postgres.internal.config.MemberSpec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one member said about itself.
 *
 * @param member which
 * @param version what runs
 * @param role by pg_is_in_recovery()
 * @param systemId the cluster's identity
 * @param timeline empty when a standby has not received any yet
 * @param startedAt when its postmaster started
 * @param replayed position of replay in bytes; empty for a primary
 * @param replayLsn the same as the server writes it
 * @param receivedLsn what has been received; empty for a primary or when nothing was streamed since the start
 * @param receiver the WAL receiver; empty when there is none
 * @param senders followers, as pg_stat_replication shows them
 */
record MemberFacts(
        MemberSpec member,
        EngineVersion version,
        MemberRole role,
        String systemId,
        OptionalLong timeline,
        Instant startedAt,
        OptionalLong replayed,
        Optional<String> replayLsn,
        Optional<String> receivedLsn,
        Optional<Receiver> receiver,
        List<Sender> senders) {
    /**
     * A row of pg_stat_wal_receiver.
     *
     * @param status the server's word
     * @param host who sends; empty when the receiver waits
     * @param port his port
     * @param slot the slot it uses; empty for none
     * @param applicationName what it calls itself; empty when not known
     */
    record Receiver(String status, String host, int port, String slot, String applicationName) {}

    /**
     * A row of pg_stat_replication that belongs to a standby.
     *
     * @param applicationName what the follower calls itself
     * @param address where it comes from; empty for a local socket
     * @param state the server's word
     * @param syncState the server's word
     * @param slot the slot it uses; empty for none
     */
    record Sender(String applicationName, String address, String state, String syncState, String slot) {}
}
