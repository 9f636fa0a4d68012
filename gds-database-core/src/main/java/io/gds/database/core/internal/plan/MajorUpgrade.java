package io.gds.database.core.internal.plan;

import io.gds.database.DatabaseEngine;
import io.gds.database.gate.Gates;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Gate;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.Plan;
import io.gds.database.plan.Retry;
import io.gds.database.plan.UpgradeRequest;
import io.gds.database.spi.Procedure;
import io.gds.database.spi.RollingVerbs;
import io.gds.database.spi.UpgradeVerbs;
import io.gds.database.topology.Member;
import io.gds.database.topology.MemberRole;
import io.gds.database.topology.Topology;
import io.gds.database.version.EngineVersion;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The upgrade to another major, one legal hop after the other: the turns of a rolling patch, a burn-in, and behind its gate the
 * step that finishes the hop. Each hop is planned for the roles that the one before it leaves behind when all goes well.
 */
public final class MajorUpgrade implements Procedure<DatabaseEngine, UpgradeRequest> {
    /** The kind of its plans. */
    public static final String KIND = "major-upgrade";

    private static final Duration FINISH_LIMIT = Duration.ofHours(1);

    @Override
    public String id() {
        return KIND;
    }

    @Override
    public Class<UpgradeRequest> accepts() {
        return UpgradeRequest.class;
    }

    @Override
    public Plan draft(DatabaseEngine engine, UpgradeRequest request, Clock clock) {
        UpgradeVerbs upgrade = VerbHandler.facet(engine, UpgradeVerbs.class);
        PatchRequest turnsLike = request.hop(request.target());
        ClusterTurns turns = ClusterTurns.now(engine, turnsLike.partsAtOnce());
        Topology topology = turns.whole();
        List<EngineVersion> way = upgrade.way(request);
        PatchRequest first = request.hop(way.get(0));
        RollingPatch.refuseUnsafe(engine, first);
        List<Finding> findings = new ArrayList<>(upgrade.preFlight(request, way));
        boolean probe = RollingPatch.probes(engine, first, findings);
        Plan.Builder plan = Plan.of(
                        KIND,
                        "Upgrade " + topology.cluster() + " from " + RollingPatch.version(engine) + " by way of " + way,
                        engine.reference(),
                        topology.fingerprint())
                .createdAt(clock.instant())
                .rollbackOnFailure(first.rollbackOnFailure())
                .findings(findings);
        RollingVerbs verbs = VerbHandler.facet(engine, RollingVerbs.class);
        new PatchTargets(plan, request.target(), (t, m) -> RollingPatch.needsPatch(t, m, request.target(), verbs))
                .of(topology);
        new Hops(plan, engine, request, probe).lay(turns, way);
        return plan.build();
    }

    /** Lays one hop behind the other. */
    private static final class Hops {
        private final Plan.Builder plan;
        private final DatabaseEngine engine;
        private final RollingVerbs verbs;
        private final UpgradeVerbs upgrade;
        private final UpgradeRequest request;
        private final boolean probe;

        Hops(Plan.Builder plan, DatabaseEngine engine, UpgradeRequest request, boolean probe) {
            this.plan = plan;
            this.engine = engine;
            this.verbs = VerbHandler.facet(engine, RollingVerbs.class);
            this.upgrade = VerbHandler.facet(engine, UpgradeVerbs.class);
            this.request = request;
            this.probe = probe;
        }

        void lay(ClusterTurns found, List<EngineVersion> way) {
            ClusterTurns turns = found;
            EngineVersion before = engine.metadata().version();
            StepLine line = new StepLine(plan, request.hop(way.get(0)), turns.leads());
            for (int i = 0; i < way.size(); i++) {
                EngineVersion version = way.get(i);
                line = line.next(stage(version), request.hop(version), leads(turns));
                hop(line, turns, before, version, i == 0);
                before = version;
                turns = turns.each(c -> after(c, version));
            }
        }

        private static String stage(EngineVersion version) {
            return version.toString().replaceAll("[^A-Za-z0-9]", "-");
        }

        /** Of a cluster that is not made of others, who leads when the hop begins. */
        private static String leads(ClusterTurns turns) {
            return turns.leads().isEmpty() ? "" : turns.groups().get(0).get(0).leads();
        }

        /** What runs a version already is left alone in the first hop; later ones find nobody that does. */
        private void hop(
                StepLine line, ClusterTurns turns, EngineVersion before, EngineVersion version, boolean first) {
            ClusterTurns.Need need = (t, m) -> !first || RollingPatch.needsPatch(t, m, version, verbs);
            AroundTurns around = new AroundTurns(line, turns.whole());
            around.checkHop();
            if (turns.areNeeded(need)) {
                around.lay(probe, () -> turns.lay(line, engine, false, need));
            }
            UpgradeVerbs.Finish finish = upgrade.finish(before, version);
            line.add(line.cluster(
                            "finish",
                            finish.action().toString(),
                            finish.title() + "; until then the way back is " + finish.wayBack())
                    .params(finish.params())
                    .gate(new Gate(
                            line.named("finish"), Gates.allOf(Gates.elapsed(request.burnIn()), request.finishWhen())))
                    .timeout(FINISH_LIMIT)
                    .retry(new Retry(5, Duration.ofSeconds(2)))
                    .seal());
        }

        /** A cluster as the hop will leave it. */
        private ClusterTurns.Led after(ClusterTurns.Led cluster, EngineVersion version) {
            Topology t = cluster.topology();
            String leads = cluster.leads().isEmpty() ? "" : upgrade.leadsAfter(t);
            MemberRole was = t.member(leads).map(Member::role).orElse(MemberRole.STANDBY);
            List<Member> members = t.members().stream()
                    .map(m -> {
                        MemberRole role = m.name().equals(leads)
                                ? MemberRole.PRIMARY
                                : m.role() == MemberRole.PRIMARY ? was : m.role();
                        Member.Builder b = Member.named(m.name(), m.address()).answered(role, version);
                        m.attributes().forEach(b::attribute);
                        return b.build();
                    })
                    .toList();
            return new ClusterTurns.Led(
                    new Topology(t.cluster(), t.systemId(), members, t.links(), t.observedAt()), leads);
        }
    }
}
