package io.gds.database.testkit;

import io.gds.database.version.EngineVersion;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at every change of the fake cluster and notes what must never happen. Guarded by the cluster. */
final class SafetyRules {
    private final FakeCluster cluster;
    private final List<String> broken = new ArrayList<>();
    private @Nullable EngineVersion target;

    SafetyRules(FakeCluster cluster) {
        this.cluster = cluster;
    }

    void target(EngineVersion version) {
        target = version;
    }

    List<String> broken() {
        return List.copyOf(broken);
    }

    void before(Effect.Kind kind, String subject, String step) {
        if (kind == Effect.Kind.INSTALLED && !cluster.isDown(subject)) {
            broken.add("installed on " + subject + " while it runs, by " + step);
        }
    }

    void promoting(String member, String step) {
        if (cluster.isDown(member)) {
            broken.add("promoted " + member + ", which is down, by " + step);
        }
        FakeMember m = cluster.member(member);
        if (m.caughtUpAt.isAfter(cluster.clock().instant()) || cluster.faults().lagsForEver(member)) {
            broken.add("promoted " + member + ", which lags, by " + step);
        }
        boolean wayBack = step.contains("/back");
        EngineVersion wanted = target;
        if (!wayBack
                && wanted != null
                && cluster.running(member).filter(wanted::equals).isEmpty()) {
            broken.add("promoted " + member + " on " + m.running + ", expected " + wanted + ", by " + step);
        }
    }

    void after(Effect e) {
        if (cluster.downByUs().size() > cluster.allowedDown()) {
            broken.add(cluster.downByUs() + " are down by us, allowed are " + cluster.allowedDown() + ", after " + e);
        }
        if (cluster.primaries().size() > 1) {
            broken.add("two primaries " + cluster.primaries() + " after " + e);
        }
    }
}
