package io.gds.database.testkit;

import io.gds.database.version.EngineVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks at every change of the fake cluster and notes what must never happen. Guarded by the cluster. */
final class SafetyRules {
    private final FakeCluster cluster;
    private final List<String> broken = new ArrayList<>();
    private @Nullable EngineVersion target;
    private Optional<EngineVersion> runningBefore = Optional.empty();

    SafetyRules(FakeCluster cluster) {
        this.cluster = cluster;
    }

    void target(EngineVersion version) {
        target = version;
    }

    List<String> broken() {
        return List.copyOf(broken);
    }

    void before(Effect.Kind kind, String subject, String detail, String step) {
        switch (kind) {
            case INSTALLED -> installing(subject, EngineVersion.parse(detail), step);
            case RESTARTED -> {
                if (!cluster.isDown(subject)
                        && !cluster.setting("cluster/writes").equals("held")) {
                    broken.add("restarted " + subject + " while writes were not held, by " + step);
                }
            }
            case DOWNLOADED -> {
                if (!cluster.downByUs().isEmpty()) {
                    broken.add("fetched for " + subject + " while " + cluster.downByUs() + " are down, by " + step);
                }
            }
            default -> {}
        }
    }

    private void installing(String member, EngineVersion version, String step) {
        Optional<EngineVersion> runs = cluster.running(member);
        boolean underPrimary =
                cluster.abilities().canRestartInPlace() && cluster.primaries().contains(member);
        if (runs.isPresent() && !underPrimary) {
            broken.add("installed on " + member + " while it runs, by " + step);
        }
        EngineVersion wanted = target;
        boolean forward = wanted != null && version.equals(wanted);
        if (forward
                && cluster.abilities().canDownload()
                && !cluster.member(member).fetched.contains(version)) {
            broken.add("installed " + version + " on " + member + ", which was not fetched before, by " + step);
        }
        if (wanted != null && cluster.extensions().equals(wanted) && !forward) {
            broken.add("installed " + version + " on " + member + " behind the update of extensions, by " + step);
        }
        runningBefore = runs;
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
        if (e.kind() == Effect.Kind.INSTALLED && !cluster.running(e.subject()).equals(runningBefore)) {
            broken.add("what runs changed with the packages of " + e.subject() + " after " + e);
        }
        if (e.kind() == Effect.Kind.RESTARTED) {
            restarted(e);
        }
        if (cluster.downByUs().size() > cluster.allowedDown()) {
            broken.add(cluster.downByUs() + " are down by us, allowed are " + cluster.allowedDown() + ", after " + e);
        }
        if (cluster.primaries().size() > 1) {
            broken.add("two primaries " + cluster.primaries() + " after " + e);
        }
    }

    private void restarted(Effect e) {
        String m = e.subject();
        if (cluster.running(m).filter(cluster.installed(m)::equals).isEmpty()) {
            broken.add(m + " came back on " + cluster.running(m) + " instead of what is installed after " + e);
        }
        if (!cluster.primaries().equals(List.of(m))) {
            broken.add("primaries are " + cluster.primaries() + " after " + e);
        }
    }
}
