package io.gds.engine.postgres.internal.admin;

import io.gds.database.OperationResult;
import io.gds.database.ReplicationAdmin;
import io.gds.database.ReplicationStatus;
import io.gds.database.topology.Link;
import io.gds.database.topology.Member;
import io.gds.database.topology.Topology;
import io.gds.engine.postgres.internal.topology.TopologyReader;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Replication as the topology shows it. */
public final class StreamingReplicationAdmin implements ReplicationAdmin {
    private final TopologyReader topology;
    private final FailoverOperation failover;

    /**
     * Replication of a cluster.
     *
     * @param topology who follows whom
     * @param failover what a change of roles does
     */
    public StreamingReplicationAdmin(TopologyReader topology, FailoverOperation failover) {
        this.topology = topology;
        this.failover = failover;
    }

    @Override
    public List<ReplicationStatus> replicationStatus() {
        Topology now = topology.read();
        return now.members().stream().map(member -> status(now, member)).toList();
    }

    private static ReplicationStatus status(Topology topology, Member member) {
        Optional<Link> in = topology.linkTo(member.name());
        List<Link> out = topology.links().stream()
                .filter(l -> l.upstream().equals(member.name()))
                .toList();
        String mode = in.map(Link::state).orElse(out.isEmpty() ? mode(member) : "sending");
        List<String> partners = Stream.concat(
                        in.map(Link::upstream).stream(), out.stream().map(Link::downstream))
                .toList();
        return new ReplicationStatus(
                member.name(),
                in.isPresent() || !out.isEmpty(),
                mode,
                member.role(),
                in.flatMap(Link::lag).orElse(null),
                in.map(Link::syncState).orElse(""),
                partners);
    }

    private static String mode(Member member) {
        return member.reachable() ? member.attributes().getOrDefault("upstreamState", "none") : "unknown";
    }

    @Override
    public OperationResult failover(String target) {
        return failover.failover(target);
    }
}
