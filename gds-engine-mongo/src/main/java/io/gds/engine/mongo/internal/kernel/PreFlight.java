package io.gds.engine.mongo.internal.kernel;

import io.gds.database.plan.Finding;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.Strategy;
import io.gds.database.version.EngineVersion;
import io.gds.engine.mongo.internal.MongoEngine;
import io.gds.engine.mongo.internal.config.MemberSpec;
import io.gds.engine.mongo.internal.topology.ConfiguredMember;
import io.gds.engine.mongo.internal.topology.MemberView;
import io.gds.engine.mongo.internal.topology.SetViews;
import io.gds.engine.mongo.internal.topology.TopologyOf;
import io.gds.engine.mongo.internal.upgrade.Series;
import io.gds.engine.mongo.internal.upgrade.VersionPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything that speaks against a patch or should be known before it, from live facts. */
public final class PreFlight {
    private static final VersionPath PATH = VersionPath.read();

    private final MongoEngine engine;
    private final Kernel kernel;

    /** The pre-flight of a set. */
    public PreFlight(MongoEngine engine) {
        this.engine = engine;
        this.kernel = new Kernel(engine);
    }

    /** All findings for a request. */
    public List<Finding> findings(PatchRequest request) {
        SetViews views = engine.views();
        List<Finding> out = new ArrayList<>(Health.of(views));
        if (!out.isEmpty() || views.primary().isEmpty()) {
            return out; // nothing further can be told of a set that is not in order
        }
        versions(views, request.target(), out);
        common(views, request, out);
        return out;
    }

    /** All findings for a hop of an upgrade: what a patch has, with another rule about versions. */
    public List<Finding> hop(PatchRequest request) {
        SetViews views = engine.views();
        List<Finding> out = new ArrayList<>(Health.of(views));
        if (out.isEmpty() && views.primary().isPresent()) {
            reachable(views, request.target(), out);
            common(views, request, out);
        }
        return out;
    }

    /** Programs of a series read the data of that one and of those from which an edge leads to it, and nothing else. */
    private static void reachable(SetViews views, EngineVersion target, List<Finding> out) {
        Series to = Series.of(target);
        for (MemberView v : views.all()) {
            v.compatibility()
                    .filter(fcv -> !fcv.version().equals(to.toString()))
                    .filter(fcv -> fcv.target().isPresent()
                            || PATH.way(Series.parse(fcv.version()), to)
                                    .filter(way -> way.size() == 1)
                                    .isEmpty())
                    .ifPresent(fcv -> out.add(Finding.block(
                            "MONGO-FCV",
                            v.member().name(),
                            "its feature compatibility version is " + fcv.describe(),
                            "one from which a step leads to " + to,
                            "finish or take back that upgrade first, then plan again.")));
        }
    }

    private void common(SetViews views, PatchRequest request, List<Finding> out) {
        backup().ifPresent(out::add);
        HostLook hosts = new HostLook(engine);
        for (MemberSpec m : engine.spec().members()) {
            outage(views, m.name(), request, out);
            out.addAll(hosts.findings(m.name(), request.target()));
            busy(views, m.name(), out);
            Health.lag(views, m.name()).ifPresent(out::add);
        }
        kernel.oplog(views, engine.name()).ifPresent(out::add);
        roles(views, out);
    }

    private void versions(SetViews views, EngineVersion target, List<Finding> out) {
        for (MemberView v : views.all()) {
            Series runs = Series.of(v.version());
            if (!runs.equals(Series.of(target))) {
                out.add(Finding.block(
                        "MONGO-OTHER-SERIES",
                        v.member().name(),
                        "it runs " + v.version() + ", and the target is " + target,
                        "a version of " + runs,
                        "use an upgrade for another series; a patch stays within one."));
            }
            v.compatibility()
                    .filter(fcv -> !fcv.version().equals(runs.toString())
                            || fcv.target().isPresent())
                    .ifPresent(fcv -> out.add(Finding.ack(
                            "MONGO-FCV",
                            v.member().name(),
                            "its feature compatibility version is " + fcv.describe(),
                            runs.toString(),
                            "finish the upgrade first, unless it is in its burn-in.")));
        }
    }

    private Optional<Finding> backup() {
        return engine.spec().backup().flatMap(settings -> engine.context()
                .backups(settings, engine::shellAt)
                .finding(engine.name(), engine.context().clock().instant()));
    }

    /** What its turn would cost the set, told before anything is touched; the primary has handed over by then. */
    private void outage(SetViews views, String member, PatchRequest request, List<Finding> out) {
        Outage left = Outage.worst(views, member, together(request.strategy()) - 1);
        boolean leads =
                views.primary().filter(p -> p.member().name().equals(member)).isPresent();
        if (leads && left.electable().isEmpty()) {
            out.add(Finding.ack(
                    "MONGO-NOBODY-TAKES-OVER",
                    member,
                    left.describe(),
                    "somebody electable besides the primary",
                    "it is restarted where it is, and nobody accepts writes meanwhile."));
            return;
        }
        for (Finding f : kernel.against(left, member)) {
            out.add(
                    request.overrides(Kernel.overrideOf(f))
                            ? Finding.warn(
                                    f.id() + "-ALLOWED",
                                    member,
                                    f.observed(),
                                    f.expected(),
                                    "nothing; allowed by name, for about "
                                            + engine.spec().memberOutage().toSeconds() + " s.")
                            : f);
        }
    }

    /** How many members of a set may be down at the same time by the request. */
    private static int together(Strategy strategy) {
        return switch (strategy.kind()) {
            case ROLLING, CANARY -> 1;
            case WAVES, ALL_AT_ONCE ->
                strategy.sizes().stream().mapToInt(Integer::intValue).max().orElse(1);
        };
    }

    private void busy(SetViews views, String member, List<Finding> out) {
        if (views.configured(member).filter(ConfiguredMember::bearsData).isEmpty()) {
            return;
        }
        List<String> found = Busy.with(engine.clients(), member);
        if (!found.isEmpty()) {
            out.add(Finding.warn(
                    "MONGO-BUSY",
                    member,
                    "busy with " + found,
                    "nothing that its end would break off",
                    "nothing; the member's turn waits for it."));
        }
    }

    /** Facts that the plan's reader should know: who takes the role back by itself, and what cannot be arranged. */
    private void roles(SetViews views, List<Finding> out) {
        if (engine.spec().arrangeSyncSources() && !new SyncSources(views).canBeArranged()) {
            out.add(Finding.warn(
                    "MONGO-NO-CHAINING",
                    engine.name(),
                    "settings.chainingAllowed is false",
                    "members that may follow others than the primary",
                    "nothing; majority writes wait for about a second after the step-down."));
        }
        String primary = views.primary().map(p -> p.member().name()).orElse("");
        double leads = priority(views, primary);
        Target.planned(TopologyOf.the(views))
                .filter(t -> priority(views, t) < leads)
                .ifPresent(t -> out.add(Finding.warn(
                        "MONGO-PRIORITY-TAKEOVER",
                        primary,
                        "its priority " + leads + " is above that of " + t + ", who takes over",
                        "equal priorities",
                        "nothing; it takes the role back by itself once it is patched and caught up.")));
    }

    private static double priority(SetViews views, String member) {
        return views.configured(member).map(ConfiguredMember::priority).orElse(0.0);
    }
}
