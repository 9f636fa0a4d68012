package io.gds.database.core.internal.plan;

import io.gds.database.DatabaseEngine;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Estimates;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.Plan;
import io.gds.database.plan.PrimaryTurn;
import io.gds.database.plan.Strategy;
import io.gds.database.spi.PrimaryTurns;
import io.gds.database.spi.ProbeTable;
import io.gds.database.spi.Procedure;
import io.gds.database.spi.RollingVerbs;
import io.gds.database.topology.Member;
import io.gds.database.topology.Topology;
import io.gds.database.version.EngineVersion;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rolling patch of any engine that has {@link RollingVerbs}: check; followers in groups, safest first; soak and gate
 * after the first group; switchover to a patched member; the former primary; post-flight.
 */
public final class RollingPatch implements Procedure<DatabaseEngine, PatchRequest> {
    /** The kind of its plans. */
    public static final String KIND = "rolling-patch";

    @Override
    public String id() {
        return KIND;
    }

    @Override
    public Class<PatchRequest> accepts() {
        return PatchRequest.class;
    }

    @Override
    public Plan draft(DatabaseEngine engine, PatchRequest request, Clock clock) {
        RollingVerbs verbs = VerbHandler.facet(engine, RollingVerbs.class);
        ClusterTurns turns = ClusterTurns.now(engine, request.partsAtOnce());
        Topology topology = turns.whole();
        refuseUnsafe(engine, request);
        List<Finding> findings = new ArrayList<>(verbs.preFlight(request));
        boolean probe = probes(engine, request, findings);
        ClusterTurns.Need need = (t, m) -> needsPatch(t, m, request.target(), verbs);
        Plan.Builder plan = Plan.of(
                        KIND,
                        "Patch " + topology.cluster() + " from " + version(engine) + " to " + request.target() + " ("
                                + request.strategy() + ")",
                        engine.reference(),
                        topology.fingerprint())
                .createdAt(clock.instant())
                .rollbackOnFailure(request.rollbackOnFailure())
                .findings(findings);
        new PatchTargets(plan, request.target(), need).of(topology);
        Optional<PrimaryTurns> primaryTurns = engine.facet(PrimaryTurns.class);
        refuseImpossibleTurn(
                engine, request.primaryTurn(), primaryTurns.isPresent(), ClusterTurns.mayTakeOver(topology, verbs));
        if (primaryTurns.isPresent() && need.of(topology, turns.leads())) {
            plan.estimates(Estimates.none().withTurns(primaryTurns.get().forecast(turns.leads(), request)));
        }
        StepLine line = new StepLine(plan, request, turns.leads());
        AroundTurns around = new AroundTurns(line, topology);
        around.check();
        around.lay(probe, () -> turns.lay(line, engine, primaryTurns.isPresent(), need));
        around.afterwards(verbs);
        return plan.build();
    }

    /** What the cluster runs, as its primary says. */
    static String version(DatabaseEngine engine) {
        return engine.metadata().version().toString();
    }

    static Member primary(Topology topology) {
        return topology.primary().orElseThrow(() -> GdsDatabaseException.user("GDS-NO-PRIMARY")
                .message("cluster " + topology.cluster() + " has no single primary: " + topology.members() + ".")
                .remedy("repair the cluster until exactly one member accepts writes, then plan again.")
                .build());
    }

    /** Whether availability is measured; a wish that cannot be had is told. */
    static boolean probes(DatabaseEngine engine, PatchRequest request, List<Finding> findings) {
        boolean probe =
                request.probe().enabled() && engine.facet(ProbeTable.class).isPresent();
        if (request.probe().enabled() && !probe) {
            findings.add(Finding.warn(
                    "GDS-NO-PROBE",
                    engine.name(),
                    "this engine has no availability probe",
                    "a measured write gap",
                    "nothing; the report will not show a write gap."));
        }
        return probe;
    }

    private static void refuseImpossibleTurn(
            DatabaseEngine engine, PrimaryTurn wish, boolean turnsInPlace, List<String> mayTakeOver) {
        if (wish == PrimaryTurn.RESTART_IN_PLACE && !turnsInPlace) {
            throw impossible(engine, wish, "this kind of cluster has no restart in place", "AUTO or SWITCHOVER");
        }
        if (wish == PrimaryTurn.SWITCHOVER && mayTakeOver.isEmpty()) {
            throw impossible(
                    engine, wish, "nobody could take over", turnsInPlace ? "AUTO or RESTART_IN_PLACE" : "AUTO");
        }
    }

    private static GdsDatabaseException impossible(
            DatabaseEngine engine, PrimaryTurn wish, String why, String expected) {
        return GdsDatabaseException.user("GDS-PRIMARY-TURN")
                .message("primaryTurn " + wish + " for cluster " + engine.name() + ": " + why + ", expected " + expected
                        + ".")
                .remedy("ask for " + expected + ".")
                .build();
    }

    static boolean needsPatch(Topology t, String member, EngineVersion target, RollingVerbs verbs) {
        Optional<EngineVersion> running = t.member(member).flatMap(Member::version);
        return running.filter(v -> v.sameRelease(target)).isEmpty()
                || verbs.installed(member).filter(v -> v.sameRelease(target)).isEmpty();
    }

    static void refuseUnsafe(DatabaseEngine engine, PatchRequest request) {
        Params spec = engine.reference().spec();
        String environment = spec.optionalString("environment").orElse("production");
        boolean production = environment.equals("production");
        if (request.strategy().kind() == Strategy.Kind.ALL_AT_ONCE && production) {
            throw GdsDatabaseException.user("GDS-STRATEGY-REFUSED")
                    .message("strategy all_at_once for cluster " + engine.name() + ": its environment is "
                            + (spec.has("environment") ? "\"production\"" : "not said, which counts as production")
                            + ", expected a non-production one.")
                    .remedy("use rolling, canary or waves, or mark the cluster, for example with environment: test.")
                    .build();
        }
    }
}
