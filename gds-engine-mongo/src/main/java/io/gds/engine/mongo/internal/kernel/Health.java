package io.gds.engine.mongo.internal.kernel;

import io.gds.database.plan.Finding;
import io.gds.database.version.EngineVersion;
import io.gds.engine.mongo.internal.MongoEngine;
import io.gds.engine.mongo.internal.topology.ConfiguredMember;
import io.gds.engine.mongo.internal.topology.Disagreements;
import io.gds.engine.mongo.internal.topology.MemberState;
import io.gds.engine.mongo.internal.topology.MemberView;
import io.gds.engine.mongo.internal.topology.SetViews;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether the set is in order just now: everybody answers, is in service, and says the same as the others. */
public final class Health {
    private static final Set<MemberState> IN_SERVICE =
            Set.of(MemberState.PRIMARY, MemberState.SECONDARY, MemberState.ARBITER);

    private final MongoEngine engine;

    /** The health of a set. */
    public Health(MongoEngine engine) {
        this.engine = engine;
    }

    /** What is not in order now. */
    public List<Finding> findings() {
        return of(engine.views());
    }

    /** What was not in order when this was seen. */
    public static List<Finding> of(SetViews views) {
        List<Finding> out = new ArrayList<>();
        views.silent()
                .forEach((member, why) -> out.add(Finding.block(
                        "MONGO-MEMBER-DOWN",
                        member,
                        "it does not answer: " + why,
                        "an answer",
                        "start it, or correct its address in the cluster spec.")));
        for (MemberView v : views.all()) {
            if (!IN_SERVICE.contains(v.state())) {
                out.add(Finding.block(
                        "MONGO-MEMBER-STATE",
                        v.member().name(),
                        "it is " + v.state(),
                        "PRIMARY, SECONDARY or ARBITER",
                        "wait until it is in service; look at its log if it does not come."));
            }
        }
        if (out.isEmpty()) {
            out.addAll(Disagreements.in(views));
        }
        return List.copyOf(out);
    }

    /** What is not in order after a patch. */
    public List<Finding> postFlight(EngineVersion target) {
        SetViews views = engine.views();
        List<Finding> out = new ArrayList<>(of(views));
        for (MemberView v : views.all()) {
            if (!v.version().sameRelease(target)) {
                out.add(Finding.block(
                        "MONGO-WRONG-VERSION",
                        v.member().name(),
                        "runs " + v.version(),
                        target.toString(),
                        "look at what its unit or its configuration file is started with."));
            }
        }
        views.all().forEach(v -> lag(views, v.member().name()).ifPresent(out::add));
        return out;
    }

    /** That a member with data is too far behind, and not on purpose; empty when it is not. */
    static Optional<Finding> lag(SetViews views, String member) {
        Duration wanted = views.configured(member).map(ConfiguredMember::delay).orElse(Duration.ZERO);
        boolean follows =
                views.configured(member).filter(ConfiguredMember::bearsData).isPresent();
        Optional<Duration> lag = new Target(views).lag(member).map(l -> l.minus(wanted));
        return !follows || lag.filter(l -> l.compareTo(Target.MOST_LAG) <= 0).isPresent()
                ? Optional.empty()
                : Optional.of(Finding.block(
                        "MONGO-LAG",
                        member,
                        "it is " + lag.map(Duration::toString).orElse("an unknown time") + " behind",
                        "at most " + Target.MOST_LAG,
                        "wait until it has caught up; look at its disk and at the writes if it does not."));
    }
}
