package io.gds.engine.postgres.internal.kernel;

import io.gds.database.plan.Finding;
import io.gds.database.topology.Link;
import io.gds.database.topology.Member;
import io.gds.database.topology.MemberRole;
import io.gds.database.topology.Topology;
import io.gds.database.version.EngineVersion;
import io.gds.engine.postgres.internal.PostgresEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the cluster is in order just now: everybody answers, one primary, one identity, everybody streams. */
public final class Health {
    private final PostgresEngine engine;

    /** The health of a cluster. */
    public Health(PostgresEngine engine) {
        this.engine = engine;
    }

    /** What is not in order now. */
    public List<Finding> findings() {
        return findings(engine.topology());
    }

    List<Finding> findings(Topology t) {
        List<Finding> out = new ArrayList<>();
        int primaries = t.withRole(MemberRole.PRIMARY).size();
        if (primaries != 1) {
            out.add(Finding.block(
                    primaries == 0 ? "PG-NO-PRIMARY" : "PG-TWO-PRIMARIES",
                    t.cluster(),
                    primaries + " primaries",
                    "one",
                    "repair the cluster until exactly one member accepts writes."));
        }
        if (t.systemId().contains("+")) {
            out.add(Finding.block(
                    "PG-OTHER-CLUSTER",
                    t.cluster(),
                    "system identifiers " + t.systemId(),
                    "one for all members",
                    "take the member of another cluster out of the spec."));
        }
        String timeline = t.primary()
                .map(p -> p.attributes().getOrDefault("timeline", "?"))
                .orElse("?");
        for (Member m : t.members()) {
            if (!m.reachable()) {
                out.add(Finding.block(
                        "PG-MEMBER-DOWN",
                        m.name(),
                        "it does not answer at " + m.address(),
                        "an answer",
                        "start it, or correct its address in the spec."));
            } else if (m.role() != MemberRole.PRIMARY && primaries == 1) {
                follower(t, m, timeline).ifPresent(out::add);
            }
        }
        return out;
    }

    private static Optional<Finding> follower(Topology t, Member m, String timeline) {
        Optional<Link> link = t.linkTo(m.name());
        boolean streaming = link.filter(l -> l.state().equals("streaming")).isPresent();
        boolean known = link.flatMap(Link::lag).isPresent();
        boolean same = timeline.equals(m.attributes().getOrDefault("timeline", "-"));
        return streaming && known && same
                ? Optional.empty()
                : Optional.of(Finding.block(
                        "PG-NOT-STREAMING",
                        m.name(),
                        link.map(Link::toString).orElse("it follows nobody") + ", timeline "
                                + m.attributes().getOrDefault("timeline", "unknown"),
                        "streaming with known lag on timeline " + timeline,
                        "repair replication of " + m.name() + "."));
    }

    /** What is not in order after a patch. */
    public List<Finding> postFlight(EngineVersion target) {
        Topology t = engine.topology();
        List<Finding> out = new ArrayList<>(findings(t));
        for (Member m : t.members()) {
            if (m.version().filter(v -> v.sameRelease(target)).isEmpty()) {
                out.add(Finding.block(
                        "PG-WRONG-VERSION",
                        m.name(),
                        "runs " + m.version().map(EngineVersion::toString).orElse("nothing"),
                        target.toString(),
                        "look at what its data directory is started with."));
            }
        }
        return out;
    }
}
