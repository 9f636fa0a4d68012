package io.gds.engine.mssql.internal.steps;

import io.gds.database.plan.ActionId;
import io.gds.database.plan.Params;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.Urgency;
import io.gds.database.spi.BracketDraft;
import io.gds.database.spi.BracketScope;
import io.gds.database.topology.Topology;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.group.ClusterType;
import io.gds.engine.mssql.internal.group.GroupConfig;
import io.gds.engine.mssql.internal.group.GroupView;
import io.gds.engine.mssql.internal.group.GroupViews;
import io.gds.engine.mssql.internal.kernel.GroupKernel;
import io.gds.engine.mssql.internal.member.MemberHosts;
import java.util.ArrayList;
import java.util.List;

/** The temporary changes that a patch of groups needs. */
final class GroupBrackets {
    private final MssqlEngine engine;
    private final MemberHosts hosts;

    GroupBrackets(MssqlEngine engine, MemberHosts hosts) {
        this.engine = engine;
        this.hosts = hosts;
    }

    List<BracketDraft> of(BracketScope scope, Topology topology, PatchRequest request) {
        return switch (scope.kind()) {
            // those of the whole are around all of its parts
            case RUN -> topology.cluster().equals(engine.name()) ? run(GroupViews.of(engine)) : List.of();
            case MEMBER -> member(GroupViews.of(engine), topology, scope.member(), request);
            case SWITCHOVER -> switchover(GroupViews.of(engine), topology);
            case RESTART -> List.of();
        };
    }

    private static List<BracketDraft> run(GroupViews views) {
        List<BracketDraft> out = new ArrayList<>();
        if (views.groups().stream().anyMatch(g -> is(g, ClusterType.WSFC))) {
            out.add(setting(
                    "failover-mode",
                    "Let nobody but this run fail over meanwhile: failover modes AUTOMATIC become MANUAL",
                    SettingHandlers.purpose(Wanted.MANUAL_FAILOVER)));
        }
        out.add(setting(
                "backups",
                "Have backup jobs run on the primary meanwhile",
                SettingHandlers.purpose(Wanted.BACKUPS_ON_PRIMARY)));
        return List.copyOf(out);
    }

    private static boolean is(GroupView g, ClusterType type) {
        return g.config().map(GroupConfig::cluster).filter(type::equals).isPresent();
    }

    private List<BracketDraft> member(GroupViews views, Topology topology, String member, PatchRequest request) {
        List<BracketDraft> out = new ArrayList<>();
        List<String> leads = views.ledBy(member).stream().map(GroupView::name).toList();
        boolean hasSwitchover =
                topology.primary().filter(p -> p.name().equals(member)).isPresent();
        out.addAll(hosts.around(member, request)); // what speaks against the host is found before a needless failover
        if (!leads.isEmpty() && !hasSwitchover) {
            out.add(drain(member, leads));
        }
        // an external cluster's agent would set it again at its next look, every few seconds
        boolean fewer = views.groups().stream()
                .filter(g -> !is(g, ClusterType.EXTERNAL))
                .flatMap(g -> Wanted.fewer(g, member).stream())
                .anyMatch(left -> left > 0 || request.overrides(GroupKernel.COMMIT_ALONE));
        if (fewer) {
            out.add(setting(
                    "required",
                    "Have commits wait for no more secondaries than are left without " + member,
                    SettingHandlers.purpose(Wanted.FEWER_REQUIRED).with("member", member)));
        }
        return List.copyOf(out);
    }

    private static BracketDraft drain(String member, List<String> leads) {
        Params p = Params.of("member", member, "groups", leads);
        return new BracketDraft(
                "groups",
                "Fail over " + String.join(", ", leads) + " from " + member + " for the time of its turn",
                ActionId.of(DrainHandlers.DRAIN),
                p,
                ActionId.of(DrainHandlers.RETURN),
                p,
                Urgency.CALM);
    }

    private List<BracketDraft> switchover(GroupViews views, Topology topology) {
        List<BracketDraft> out = new ArrayList<>();
        if (views.named(topology.cluster()).orElseGet(views::main).synchronous().isEmpty()) {
            out.add(setting(
                    "commit-mode",
                    "Make both sides of the switchover commit together meanwhile",
                    SettingHandlers.purpose(Wanted.SYNCHRONOUS_SIDES)
                            .with(Params.of("from", "${from}", "to", "${to}"))));
        }
        if (views.groups().stream().anyMatch(Interregnum::isAlone)) {
            out.add(setting(
                    "acknowledged",
                    "Write down how many secondaries commits ask for: for the switchover it is one at least",
                    SettingHandlers.purpose(Wanted.AT_LEAST_ONE_REQUIRED).with(Params.of("from", "${from}"))));
        }
        out.addAll(hosts.aroundSwitchover());
        return List.copyOf(out);
    }

    private static BracketDraft setting(String name, String title, Params p) {
        return new BracketDraft(
                name,
                title,
                ActionId.of(SettingHandlers.SET),
                p,
                ActionId.of(SettingHandlers.RESTORE),
                p,
                Urgency.CALM);
    }
}
