package io.gds.database.testkit;

import io.gds.database.spi.ProbeTable;
import io.gds.database.spi.WriteProbe;
import java.util.Map;
import java.util.Optional;

/** Rows of the probe, written through the one writable primary. */
final class FakeProbeTable implements ProbeTable {
    private final FakeEngine engine;
    private final FakeCluster cluster;

    FakeProbeTable(FakeEngine engine) {
        this.engine = engine;
        this.cluster = engine.cluster();
    }

    @Override
    public void create(String name) {
        needPrimary();
        cluster.work().createTable(name, engine.hands());
    }

    @Override
    public Optional<Boolean> exists(String name) {
        return cluster.primaries().size() == 1 ? Optional.of(cluster.tables().exists(name)) : Optional.empty();
    }

    @Override
    public void drop(String name) {
        needPrimary();
        cluster.work().dropTable(name, engine.hands());
    }

    private void needPrimary() {
        if (cluster.primaries().size() != 1) {
            throw FakeFaults.noAnswer("the primary");
        }
    }

    @Override
    public WriteProbe client(String name, int client) {
        return new WriteProbe() {
            @Override
            public Ack write(long seq) {
                return cluster.isWritable() && cluster.tables().insert(name, client, seq) ? Ack.COMMITTED : Ack.REFUSED;
            }

            @Override
            public Map<Long, Integer> present(long from, long to) {
                needPrimary();
                return cluster.tables().present(name, client, from, to);
            }

            @Override
            public void close() {}
        };
    }
}
