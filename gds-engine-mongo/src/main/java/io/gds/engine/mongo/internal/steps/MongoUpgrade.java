package io.gds.engine.mongo.internal.steps;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.ActionId;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.UpgradeRequest;
import io.gds.database.spi.UpgradeVerbs;
import io.gds.database.topology.Member;
import io.gds.database.topology.Topology;
import io.gds.database.version.EngineVersion;
import io.gds.engine.mongo.internal.MongoEngine;
import io.gds.engine.mongo.internal.config.MemberSpec;
import io.gds.engine.mongo.internal.kernel.HostLook;
import io.gds.engine.mongo.internal.kernel.Kernel;
import io.gds.engine.mongo.internal.kernel.PreFlight;
import io.gds.engine.mongo.internal.kernel.Target;
import io.gds.engine.mongo.internal.topology.MemberView;
import io.gds.engine.mongo.internal.topology.SetViews;
import io.gds.engine.mongo.internal.upgrade.Hop;
import io.gds.engine.mongo.internal.upgrade.Series;
import io.gds.engine.mongo.internal.upgrade.VersionPath;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Upgrades of a replica set: one series after the other, each finished by its feature compatibility version. */
public final class MongoUpgrade implements UpgradeVerbs {
    private final MongoEngine engine;
    private final VersionPath path = VersionPath.read();

    /** The upgrades of a set. */
    public MongoUpgrade(MongoEngine engine) {
        this.engine = engine;
    }

    /** A hop whose burn-in is not over comes first: its programs run already, and its end is missing. */
    @Override
    public List<EngineVersion> way(UpgradeRequest request) {
        MemberView primary = engine.views().primary().orElseThrow(() -> Kernel.noPrimary(engine.name()));
        Series from = Series.of(primary.version());
        Series to = Series.of(request.target());
        List<Hop> hops = path.way(from, to).orElseThrow(() -> GdsDatabaseException.user("GDS-NO-UPGRADE-PATH")
                .message("no legal way leads from " + from + " to " + to + "; from " + from + " one gets to "
                        + path.next(from) + ".")
                .remedy("name a version of a series that can be reached.")
                .build());
        List<EngineVersion> way = new ArrayList<>();
        if (isUnfinished(primary) || hops.isEmpty()) {
            way.add(hops.isEmpty() ? request.target() : primary.version());
        }
        for (Hop hop : hops) {
            way.add(hop.to().equals(to) ? request.target() : between(hop.to(), request));
        }
        return List.copyOf(way);
    }

    private static boolean isUnfinished(MemberView v) {
        return v.compatibility()
                .filter(f -> !f.version().equals(Series.of(v.version()).toString())
                        || f.target().isPresent())
                .isPresent();
    }

    private EngineVersion between(Series series, UpgradeRequest request) {
        Optional<EngineVersion> named =
                request.via().stream().filter(v -> Series.of(v).equals(series)).findFirst();
        return named.or(() -> newest(series)).orElseThrow(() -> GdsDatabaseException.user("GDS-NO-UPGRADE-PATH")
                .message("the way leads over " + series + ", and no version of it is available on every member.")
                .remedy("install one where the package manager looks, on every member, or name it by via.")
                .build());
    }

    private Optional<EngineVersion> newest(Series series) {
        List<EngineVersion> everywhere = null;
        for (MemberSpec m : engine.spec().members()) {
            List<EngineVersion> here = engine.packages().available(m.name());
            everywhere = everywhere == null
                    ? here
                    : everywhere.stream().filter(here::contains).toList();
        }
        return (everywhere == null ? List.<EngineVersion>of() : everywhere)
                .stream().filter(v -> Series.of(v).equals(series)).max(EngineVersion::compareTo);
    }

    @Override
    public List<Finding> preFlight(UpgradeRequest request, List<EngineVersion> way) {
        List<Finding> out = new ArrayList<>(new PreFlight(engine).hop(request.hop(way.get(0))));
        SetViews views = engine.views();
        oneSeries(views).ifPresent(out::add);
        for (EngineVersion version : way.subList(1, way.size())) {
            out.addAll(available(version));
        }
        String edition = views.primary().map(MemberView::edition).orElse("community");
        Series from = views.primary().map(p -> Series.of(p.version())).orElse(Series.of(way.get(0)));
        for (EngineVersion version : way) {
            Series to = Series.of(version);
            hop(from, to)
                    .filter(h -> h.wayBack() == Hop.WayBack.VENDOR)
                    .ifPresent(h -> out.add(Finding.ack(
                            "MONGO-WAY-BACK",
                            version.toString(),
                            h.support(edition),
                            "a way back that the vendor describes",
                            "take a backup right before, and decide that it is the way back.")));
            from = to;
        }
        supportEnded(request.target()).ifPresent(out::add);
        return out;
    }

    private Optional<Finding> supportEnded(EngineVersion target) {
        LocalDate today = LocalDate.now(engine.context().clock());
        return path.supportEnds(Series.of(target))
                .filter(ends -> ends.isBefore(today))
                .map(ends -> Finding.warn(
                        "MONGO-SUPPORT-ENDED",
                        target.toString(),
                        "the vendor supported " + Series.of(target) + " until " + ends,
                        "a series that is supported",
                        "go on to a later series when the applications allow it."));
    }

    private Optional<Hop> hop(Series from, Series to) {
        return path.way(from, to).filter(w -> w.size() == 1).map(w -> w.get(0));
    }

    /** Members of two series are half way through somebody's upgrade. */
    private Optional<Finding> oneSeries(SetViews views) {
        List<String> runs = views.all().stream()
                .map(v -> v.member().name() + " " + v.version())
                .toList();
        return views.all().stream().map(v -> Series.of(v.version())).distinct().count() < 2
                ? Optional.empty()
                : Optional.of(Finding.block(
                        "MONGO-MIXED-SERIES",
                        engine.name(),
                        "members run " + runs,
                        "one series",
                        "finish that upgrade first, or take it back."));
    }

    private List<Finding> available(EngineVersion version) {
        HostLook hosts = new HostLook(engine);
        return engine.spec().members().stream()
                .flatMap(m -> hosts.available(m.name(), version).stream())
                .toList();
    }

    @Override
    public List<Finding> hopPreFlight(PatchRequest hop) {
        return new PreFlight(engine).hop(hop);
    }

    @Override
    public String leadsAfter(Topology before) {
        return Target.planned(before)
                .or(() -> before.primary().map(Member::name))
                .orElseThrow(() -> Kernel.noPrimary(before.cluster()));
    }

    @Override
    public Finish finish(EngineVersion before, EngineVersion version) {
        String series = Series.of(version).toString();
        Optional<MemberView> primary = engine.views().primary();
        String edition = primary.map(MemberView::edition).orElse("community");
        // where the programs run already, the data tells from where they came
        Series from = Series.of(before).equals(Series.of(version))
                ? primary.flatMap(MemberView::compatibility)
                        .map(f -> Series.parse(f.version()))
                        .orElse(Series.of(before))
                : Series.of(before);
        return new Finish(
                ActionId.of(CompatibilityHandler.RAISE),
                Params.of(CompatibilityHandler.SERIES, series),
                "Raise the feature compatibility version to " + series + ": behind it only a restore leads back",
                "the programs of " + from
                        + hop(from, Series.of(version))
                                .map(h -> " (" + h.support(edition) + ")")
                                .orElse(""));
    }
}
