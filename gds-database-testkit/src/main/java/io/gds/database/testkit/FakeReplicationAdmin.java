package io.gds.database.testkit;

import io.gds.database.OperationResult;
import io.gds.database.ReplicationAdmin;
import io.gds.database.ReplicationStatus;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.topology.Lag;
import io.gds.database.topology.Link;
import io.gds.database.topology.Topology;
import java.time.Duration;
import java.util.List;

/** Replication of the fake, and a switchover outside of any run. */
final class FakeReplicationAdmin implements ReplicationAdmin {
    private final FakeEngine engine;

    FakeReplicationAdmin(FakeEngine engine) {
        this.engine = engine;
    }

    @Override
    public List<ReplicationStatus> replicationStatus() {
        Topology t = engine.topology();
        return t.members().stream()
                .map(m -> {
                    Lag lag = t.linkTo(m.name()).flatMap(Link::lag).orElse(null);
                    List<String> partners =
                            t.linkTo(m.name()).map(Link::upstream).map(List::of).orElse(List.of());
                    return new ReplicationStatus(
                            m.name(), m.reachable(), "streaming", m.role(), lag, "async", partners);
                })
                .toList();
    }

    @Override
    public OperationResult failover(String target) {
        FakeCluster c = engine.cluster();
        List<String> primaries = c.primaries();
        if (c.lag(target).filter(l -> l == 0).isEmpty()) {
            throw GdsDatabaseException.user("GDS-FAILOVER-REFUSED")
                    .message(target + " is not a follower without lag.")
                    .remedy("choose another target.")
                    .build();
        }
        primaries.forEach(p -> c.work().stop(p, Hands.nobody()));
        c.work().promote(target, Hands.nobody());
        primaries.forEach(p -> c.work().start(p, Hands.nobody()));
        return new OperationResult("failover", true, target + " is primary", Duration.ZERO);
    }
}
