package io.gds.database.testkit.mssql;

import io.gds.database.testkit.windows.HostTimer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Several hosts, on one of which the instance runs. */
record ClusterHome(FailoverCluster cluster) implements InstanceHome {
    @Override
    public String hostName() {
        return cluster.owner();
    }

    @Override
    public String networkName() {
        return cluster.networkName();
    }

    @Override
    public List<List<@Nullable Object>> clusterNodes() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (FailoverNode n : cluster.nodes()) {
            ClusterNodeState state = cluster.stateOf(n);
            rows.add(Relation.row(
                    n.host().name(), state.number(), state.text().toLowerCase(Locale.ROOT), n == cluster.current()));
        }
        return rows;
    }

    @Override
    public Instant now() {
        return cluster.current().host().now();
    }

    @Override
    public HostTimer timer() {
        return cluster.current().host().timer();
    }

    @Override
    public boolean isUp() {
        return cluster.current().host().isReachable();
    }

    @Override
    public String instance() {
        return cluster.current().installed().name();
    }

    @Override
    public String version() {
        return cluster.current().installed().patchLevel();
    }

    @Override
    public void tell(Runnable running, Runnable stopped) {
        cluster.tell(running, stopped);
    }
}
