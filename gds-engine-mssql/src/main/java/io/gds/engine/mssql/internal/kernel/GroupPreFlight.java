package io.gds.engine.mssql.internal.kernel;

import io.gds.database.plan.Finding;
import io.gds.database.plan.PatchRequest;
import io.gds.database.version.EngineVersion;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.backup.BackupPreFlight;
import io.gds.engine.mssql.internal.build.Build;
import io.gds.engine.mssql.internal.group.ClusterType;
import io.gds.engine.mssql.internal.group.GroupConfig;
import io.gds.engine.mssql.internal.group.GroupView;
import io.gds.engine.mssql.internal.group.GroupViews;
import io.gds.engine.mssql.internal.group.InstanceView;
import io.gds.engine.mssql.internal.group.ReplicaRow;
import io.gds.engine.mssql.internal.member.MemberHosts;
import io.gds.engine.mssql.internal.survey.RightsPreFlight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything that speaks against a patch of groups or should be known before it, from live facts. */
public final class GroupPreFlight {
    /** Half an hour is what setups of cumulative updates take on slow hosts. */
    private static final Duration USUAL_SETUP = Duration.ofMinutes(30);

    private final MssqlEngine engine;
    private final MemberHosts hosts;

    /** The pre-flight of a cluster. */
    public GroupPreFlight(MssqlEngine engine, MemberHosts hosts) {
        this.engine = engine;
        this.hosts = hosts;
    }

    /** All findings for a request. */
    public List<Finding> findings(PatchRequest request) {
        GroupViews views = GroupViews.of(engine);
        List<Finding> out = new ArrayList<>(DistributedPreFlight.named(views));
        if (out.isEmpty()) {
            out.addAll(new GroupHealth(engine).of(views));
        }
        if (!out.isEmpty()) {
            return out; // nothing further can be told of groups that are not in order
        }
        GroupHealth.unnamed(views).ifPresent(out::add);
        out.addAll(new DistributedPreFlight(views).findings(request));
        out.addAll(new RightsPreFlight(engine)
                .ofMembers(views.all().stream().map(InstanceView::name).toList()));
        versions(views, request.target(), out);
        out.addAll(hosts.fits(views));
        for (GroupView g : views.groups()) {
            boolean isHome = isHome(views, g);
            group(g, isHome, request, out);
            if (!isHome) {
                beside(views, g).ifPresent(out::add);
            }
        }
        out.addAll(backups(views));
        if (out.stream().noneMatch(f -> f.id().equals("MSSQL-OTHER-FAMILY"))) {
            out.addAll(hosts.findings(request.target()));
        }
        if (engine.spec().linux().isEmpty() && request.memberTimeout().compareTo(USUAL_SETUP) < 0) {
            out.add(Finding.warn(
                    "MSSQL-SHORT-TIME",
                    views.cluster(),
                    "memberTimeout is " + request.memberTimeout() + ", and a setup may take " + USUAL_SETUP,
                    USUAL_SETUP + " or more",
                    "ask with memberTimeout(Duration.ofMinutes(45)); a setup that takes longer goes on and is waited for on the"
                            + " way back."));
        }
        return out;
    }

    /** Each primary once, however many groups it leads. */
    private List<Finding> backups(GroupViews views) {
        BackupPreFlight ages = new BackupPreFlight(engine);
        List<String> all = views.all().stream().map(InstanceView::name).toList();
        return views.groups().stream()
                .map(GroupView::primaryName)
                .distinct()
                .flatMap(primary -> ages.ofPrimary(primary, all).stream())
                .toList();
    }

    private static void versions(GroupViews views, EngineVersion target, List<Finding> out) {
        Optional<Build> wanted = Build.parse(target.toString());
        for (InstanceView v : views.all()) {
            if (wanted.filter(b -> b.sameFamily(v.facts().build())).isEmpty()) {
                out.add(Finding.block(
                        "MSSQL-OTHER-FAMILY",
                        v.name(),
                        "it runs " + v.facts().version() + ", and the target is " + target,
                        "a build of the same version of SQL Server, with all four numbers",
                        "patch within one version; another one is an upgrade."));
            }
            if (v.facts().isFailoverCluster()) {
                out.add(Finding.block(
                        "MSSQL-FAILOVER-CLUSTER",
                        v.name(),
                        "it is an instance of a failover cluster, on "
                                + v.facts().host() + " now",
                        "an instance of one host",
                        "patch its passive nodes by hand, fail the instance over, then patch the other; this version of the engine does"
                                + " not."));
            }
        }
    }

    /** Whether its members have their turns in it, and it has a switchover of its own. */
    private static boolean isHome(GroupViews views, GroupView g) {
        return g.name().equals(views.main().name())
                || views.whole()
                        .filter(d -> d.named().stream().anyMatch(h -> h.name().equals(g.name())))
                        .isPresent();
    }

    /** What a group beside the main one has to be, so that it can go elsewhere for a turn, or along with a switchover. */
    private static Optional<Finding> beside(GroupViews views, GroupView g) {
        String main = views.main().name();
        if (g.synchronous().isEmpty()) {
            return Optional.of(Finding.block(
                    "MSSQL-SECOND-GROUP",
                    g.name(),
                    "no secondary commits together with its primary, and " + main + " is the main group",
                    "a synchronous secondary of every group but the main one",
                    "make one synchronous, or name " + g.name() + " first under groups."));
        }
        boolean alone = g.config().filter(c -> c.cluster() == ClusterType.NONE).isPresent();
        return alone && !g.primaryName().equals(views.main().primaryName())
                ? Optional.of(Finding.block(
                        "MSSQL-SECOND-GROUP",
                        g.name(),
                        "it has no cluster, and its primary " + g.primaryName() + " is not that of " + main,
                        "a group without a cluster on the primary of the main group",
                        "fail it over to " + views.main().primaryName()
                                + " first; it goes along with the switchover then."))
                : Optional.empty();
    }

    private static void group(GroupView g, boolean isHome, PatchRequest request, List<Finding> out) {
        GroupConfig config = g.config().orElseThrow();
        for (ReplicaRow r : g.replicas()) {
            g.targetOf(r).filter(t -> r.isSynchronous()).ifPresent(t -> away(g, t, config, request, out));
        }
        if (g.synchronous().isEmpty() && isHome) {
            out.add(
                    Finding.warn(
                            "MSSQL-ASYNCHRONOUS",
                            g.name(),
                            "no secondary commits together with the primary",
                            "a synchronous secondary",
                            "nothing; the one that takes over is made synchronous for the switchover, and commits wait for it meanwhile."));
        }
    }

    /** What the turn of a synchronous replica costs its group, told before anything is touched. */
    private static void away(GroupView g, String member, GroupConfig c, PatchRequest request, List<Finding> out) {
        int left = (int) g.replicas().stream().filter(ReplicaRow::isSynchronous).count() - 2;
        if (left == 0 && c.required() > 0) {
            String observed = g.name() + " requires " + c.required()
                    + " synchronized secondaries for a commit, and without " + member + " there is none";
            out.add(
                    request.overrides(GroupKernel.COMMIT_ALONE)
                            ? Finding.warn(
                                    GroupKernel.COMMITS + "-ALLOWED",
                                    member,
                                    observed,
                                    "as many as required",
                                    "nothing; allowed by name: commits are on the primary alone while it is away.")
                            : Finding.block(
                                    GroupKernel.COMMITS,
                                    member,
                                    observed,
                                    "as many as required",
                                    "add a synchronous replica, or accept by name that commits are on the primary alone while"
                                            + " it is away: override(\"" + GroupKernel.COMMIT_ALONE
                                            + "\", who, why)."));
        } else if (left > 0 && left < c.required()) {
            out.add(Finding.warn(
                    "MSSQL-FEWER-REQUIRED",
                    member,
                    g.name() + " requires " + c.required() + " synchronized secondaries for a commit, and without "
                            + member + " there are " + left,
                    "as many as required",
                    "nothing; " + left + " are required while it is away, and then " + c.required() + " again."));
        }
        if (left == 0) {
            out.add(Finding.warn(
                    "MSSQL-NOBODY-TAKES-OVER",
                    member,
                    "while it is away nobody could take over " + g.name(),
                    "a second synchronous secondary",
                    "nothing; writes go on, and a failure of the other one would be an outage."));
        }
    }
}
