package io.gds.engine.mongo.internal.steps;

import io.gds.database.plan.ActionId;
import io.gds.database.plan.Params;
import io.gds.database.plan.Urgency;
import io.gds.database.spi.BracketDraft;
import io.gds.database.spi.BracketScope;
import io.gds.database.topology.Topology;
import io.gds.engine.mongo.internal.MongoEngine;
import io.gds.engine.mongo.internal.kernel.SyncSources;
import io.gds.engine.mongo.internal.kernel.Target;
import io.gds.engine.mongo.internal.topology.ConfiguredMember;
import io.gds.engine.mongo.internal.topology.SetViews;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The temporary changes that a patch of a replica set needs. */
final class PatchBrackets {
    private final MongoEngine engine;

    PatchBrackets(MongoEngine engine) {
        this.engine = engine;
    }

    List<BracketDraft> of(BracketScope scope, Topology topology) {
        SetViews views = engine.views();
        boolean arranges = engine.spec().arrangeSyncSources() && new SyncSources(views).canBeArranged();
        return switch (scope.kind()) {
            case MEMBER -> {
                List<BracketDraft> out =
                        new ArrayList<>(arranges ? member(views, topology, scope.member()) : List.of());
                engine.spec().member(scope.member()).unit().ifPresent(u -> out.add(unit(scope.member(), u)));
                yield List.copyOf(out);
            }
            case SWITCHOVER -> switchover(arranges);
            case RUN, RESTART -> List.of();
        };
    }

    /** Whom a member's followers follow meanwhile, and whom it follows when it is back. */
    private static List<BracketDraft> member(SetViews views, Topology topology, String member) {
        Optional<String> target = Target.planned(topology);
        boolean pulls = views.configured(member)
                .filter(m -> m.isVoter() && m.bearsData())
                .isPresent();
        if (target.isEmpty() || !pulls || bearers(views) < 3) {
            return List.of();
        }
        return List.of(new BracketDraft(
                "followers",
                "Let those that follow " + member + " follow the primary while it is down, and " + member
                        + " follow whoever takes over later",
                ActionId.of(SourceHandlers.CLEAR),
                Params.of("member", member),
                ActionId.of(SourceHandlers.FOLLOW),
                Params.of("member", member, "target", target.get()),
                Urgency.CALM));
    }

    static BracketDraft unit(String member, String unit) {
        Params which = Params.of("member", member, "unit", unit);
        return new BracketDraft(
                "unit",
                "Keep " + unit + " of " + member + " from starting the server again by itself",
                ActionId.of(UnitHandlers.HOLD),
                which,
                ActionId.of(UnitHandlers.RELEASE),
                which,
                Urgency.CALM);
    }

    private static long bearers(SetViews views) {
        return views.configured().stream().filter(ConfiguredMember::bearsData).count();
    }

    private static List<BracketDraft> switchover(boolean arranges) {
        Params sides = Params.of("from", "${from}", "to", "${to}");
        List<BracketDraft> out = new ArrayList<>();
        if (arranges) {
            out.add(new BracketDraft(
                    "followers",
                    "Have enough members follow the candidate, so that majority writes go on right after the step-down",
                    ActionId.of(SourceHandlers.ARRANGE),
                    sides,
                    ActionId.of(SourceHandlers.LEAVE),
                    sides,
                    Urgency.CALM));
        }
        out.add(new BracketDraft(
                "election",
                "Keep all but the candidate from standing for election",
                ActionId.of(FreezeHandlers.FREEZE),
                sides,
                ActionId.of(FreezeHandlers.UNFREEZE),
                sides,
                Urgency.CALM));
        return List.copyOf(out);
    }
}
