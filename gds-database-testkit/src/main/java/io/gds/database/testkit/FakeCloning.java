package io.gds.database.testkit;

import io.gds.database.CloneRequest;
import io.gds.database.Cloning;
import io.gds.database.ClusterClone;
import io.gds.database.DatabaseEngine;
import io.gds.database.plan.ClusterRef;
import io.gds.database.plan.Finding;
import io.gds.database.version.EngineVersion;
import java.util.List;
import java.util.Optional;

/** Clones of the fake: clusters of one member, kept by the cluster that they were made from. */
final class FakeCloning implements Cloning {
    private final FakeEngine engine;

    FakeCloning(FakeEngine engine) {
        this.engine = engine;
    }

    @Override
    public ClusterClone cloneCluster(CloneRequest request) {
        return new Clone(request.id(), engine.cluster().work().makeClone(request.id(), engine.hands()));
    }

    @Override
    public Optional<ClusterClone> findClone(String id) {
        return engine.cluster().clone(id).map(c -> new Clone(id, c));
    }

    @Override
    public List<String> clones() {
        return engine.cluster().clones();
    }

    @Override
    public List<String> sweepClones() {
        return List.of();
    }

    private final class Clone implements ClusterClone {
        private final String id;
        private final FakeCluster copy;

        Clone(String id, FakeCluster copy) {
            this.id = id;
            this.copy = copy;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public String connectionString() {
            return "fake:" + id;
        }

        @Override
        public DatabaseEngine engine() {
            return engine.copyOn(
                    copy, new ClusterRef(FakeProvider.ID, id, copy.reference().spec()));
        }

        @Override
        public List<Finding> validate(EngineVersion version, List<String> smokeQueries) {
            return copy.running("n1").filter(version::equals).isPresent()
                    ? List.of()
                    : List.of(Finding.block(
                            "FAKE-CLONE", id, "runs " + copy.running("n1"), version.toString(), "look at the clone."));
        }

        @Override
        public void close() {
            engine.cluster().work().removeClone(id, engine.hands());
        }
    }
}
