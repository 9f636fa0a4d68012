package io.gds.engine.mssql.internal.kernel;

import io.gds.database.plan.Finding;
import io.gds.database.plan.PatchRequest;
import io.gds.engine.mssql.internal.config.TargetSpec;
import io.gds.engine.mssql.internal.group.DistributedView;
import io.gds.engine.mssql.internal.group.GroupConfig;
import io.gds.engine.mssql.internal.group.GroupView;
import io.gds.engine.mssql.internal.group.GroupViews;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a patch has to know of distributed groups: which half is patched first, and what is left when a spec names only one. */
final class DistributedPreFlight {
    private final GroupViews views;

    DistributedPreFlight(GroupViews views) {
        this.views = views;
    }

    /** A distributed group that a spec names as if it were one of instances. */
    static List<Finding> named(GroupViews views) {
        return views.groups().stream()
                .filter(g -> g.config().filter(GroupConfig::isDistributed).isPresent())
                .map(g -> Finding.block(
                        "MSSQL-DISTRIBUTED",
                        g.name(),
                        "its replicas are the groups "
                                + g.replicas().stream().map(r -> r.server()).toList(),
                        "groups of instances",
                        "name those under groups instead; what they are in is found out."))
                .toList();
    }

    List<Finding> findings(PatchRequest request) {
        List<DistributedView> all = views.distributed();
        if (all.size() > 1) {
            return List.of(
                    Finding.block(
                            "MSSQL-DISTRIBUTED-CHAIN",
                            views.cluster(),
                            "its groups are in the distributed groups "
                                    + all.stream().map(DistributedView::name).toList(),
                            "one distributed group",
                            "patch the groups one after the other, each with a spec of its own, the one that gets the log last first."));
        }
        List<Finding> out = new ArrayList<>();
        for (DistributedView d : all) {
            if (d.isWhole()) {
                strangers(d).ifPresent(out::add);
            } else {
                out.add(half(d, request));
            }
        }
        return out;
    }

    /** Whoever is in neither half has no turn. */
    private Optional<Finding> strangers(DistributedView d) {
        List<String> all = views.targets().stream()
                .map(TargetSpec::name)
                .filter(t -> d.named().stream().allMatch(h -> h.replica(t).isEmpty()))
                .toList();
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.block(
                        "MSSQL-DISTRIBUTED-STRANGER",
                        d.name(),
                        all + " have no replica of " + d.halves(),
                        "targets that are in one half or the other",
                        "give them a spec of their own."));
    }

    private Finding half(DistributedView d, PatchRequest request) {
        GroupView here = d.named().get(0);
        String there = d.halves().stream()
                .filter(h -> !h.equalsIgnoreCase(here.name()))
                .findFirst()
                .orElse("the other group");
        boolean forwards =
                d.forwarderHalf().filter(h -> h.equalsIgnoreCase(here.name())).isPresent();
        if (forwards) {
            return Finding.warn(
                    "MSSQL-DISTRIBUTED-HALF",
                    here.name(),
                    "it gets its log from " + there + " in " + d.name() + ", which the spec does not name",
                    "both groups in the spec",
                    "patch " + there + " afterwards; this half comes first.");
        }
        String observed = "it sends its log to " + there + " in " + d.name() + ", which the spec does not name";
        return request.overrides(GroupKernel.FORWARDER_PATCHED)
                ? Finding.warn(
                        "MSSQL-DISTRIBUTED-ORDER-ALLOWED",
                        here.name(),
                        observed,
                        there + " patched before",
                        "nothing; allowed by name: " + there + " has been patched.")
                : Finding.block(
                        "MSSQL-DISTRIBUTED-ORDER",
                        here.name(),
                        observed,
                        there + " patched before: a newer primary may not ship log to an older forwarder",
                        "name " + there
                                + " and its instances in the spec, or patch it first and then say so: override(\""
                                + GroupKernel.FORWARDER_PATCHED + "\", who, why).");
    }
}
