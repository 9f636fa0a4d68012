package io.gds.engine.mongo.internal.admin;

import io.gds.database.OperationResult;
import io.gds.database.ReplicationAdmin;
import io.gds.database.ReplicationStatus;
import io.gds.database.topology.Link;
import io.gds.database.topology.Member;
import io.gds.database.topology.Topology;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Replication as the topology shows it. */
public final class Replication implements ReplicationAdmin {
    private final Supplier<Topology> topology;
    private final Function<String, OperationResult> failover;

    /**
     * Replication of a set.
     *
     * @param topology who follows whom
     * @param failover what a change of roles does
     */
    public Replication(Supplier<Topology> topology, Function<String, OperationResult> failover) {
        this.topology = topology;
        this.failover = failover;
    }

    @Override
    public List<ReplicationStatus> replicationStatus() {
        Topology now = topology.get();
        return now.members().stream().map(m -> status(now, m)).toList();
    }

    private static ReplicationStatus status(Topology t, Member m) {
        Optional<Link> in = t.linkTo(m.name());
        List<Link> out =
                t.links().stream().filter(l -> l.upstream().equals(m.name())).toList();
        return new ReplicationStatus(
                m.name(),
                in.isPresent() || !out.isEmpty(),
                m.attributes().getOrDefault("state", "unknown"),
                m.role(),
                in.flatMap(Link::lag).orElse(null),
                in.map(Link::syncState).orElse(""),
                Stream.concat(in.map(Link::upstream).stream(), out.stream().map(Link::downstream))
                        .toList());
    }

    @Override
    public OperationResult failover(String target) {
        return failover.apply(target);
    }
}
