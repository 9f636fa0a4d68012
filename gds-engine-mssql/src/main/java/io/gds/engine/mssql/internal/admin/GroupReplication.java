package io.gds.engine.mssql.internal.admin;

import io.gds.database.OperationResult;
import io.gds.database.ReplicationAdmin;
import io.gds.database.ReplicationStatus;
import io.gds.database.topology.Link;
import io.gds.database.topology.Member;
import io.gds.database.topology.Topology;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Replication of the main group, as the topology shows it. */
public final class GroupReplication implements ReplicationAdmin {
    private final Supplier<Topology> topology;
    private final Function<String, OperationResult> failover;

    /**
     * Replication of a cluster.
     *
     * @param topology who follows whom
     * @param failover what a change of roles does
     */
    public GroupReplication(Supplier<Topology> topology, Function<String, OperationResult> failover) {
        this.topology = topology;
        this.failover = failover;
    }

    @Override
    public List<ReplicationStatus> replicationStatus() {
        Topology now = topology.get();
        return now.members().stream().map(m -> status(now, m)).toList();
    }

    private static ReplicationStatus status(Topology t, Member m) {
        List<Link> in = t.linkTo(m.name()).stream().toList();
        List<Link> out =
                t.links().stream().filter(l -> l.upstream().equals(m.name())).toList();
        return new ReplicationStatus(
                m.name(),
                !in.isEmpty() || !out.isEmpty(),
                m.attributes().getOrDefault("mode", "unknown"),
                m.role(),
                in.stream().flatMap(l -> l.lag().stream()).findFirst().orElse(null),
                in.stream().map(Link::state).findFirst().orElse(""),
                Stream.concat(in.stream().map(Link::upstream), out.stream().map(Link::downstream))
                        .toList());
    }

    @Override
    public OperationResult failover(String target) {
        return failover.apply(target);
    }
}
