package io.gds.engine.mssql.internal.kernel;

import io.gds.database.plan.Finding;
import io.gds.database.version.EngineVersion;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.group.ClusterType;
import io.gds.engine.mssql.internal.group.DistributedView;
import io.gds.engine.mssql.internal.group.GroupConfig;
import io.gds.engine.mssql.internal.group.GroupView;
import io.gds.engine.mssql.internal.group.GroupViews;
import io.gds.engine.mssql.internal.group.InstanceView;
import io.gds.engine.mssql.internal.group.ReplicaRow;
import io.gds.engine.mssql.internal.sql.SqlQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the groups are in order just now: everybody answers, each group has one primary, and all data move. */
public final class GroupHealth {
    private static final int NORMAL_QUORUM = 1;
    private static final String QUORUM = "SELECT quorum_state, quorum_state_desc FROM sys.dm_hadr_cluster";

    private final MssqlEngine engine;

    private record Quorum(long state, String word) {}

    /** The health of a cluster. */
    public GroupHealth(MssqlEngine engine) {
        this.engine = engine;
    }

    /** What is not in order now. */
    public List<Finding> findings() {
        return of(GroupViews.of(engine));
    }

    /** What was not in order when this was seen. */
    public List<Finding> of(GroupViews views) {
        List<Finding> out = new ArrayList<>();
        views.silent()
                .forEach((member, why) -> out.add(Finding.block(
                        "MSSQL-MEMBER-DOWN",
                        member,
                        "it does not answer: " + why,
                        "an answer",
                        "start it, or correct its address in the cluster spec.")));
        for (GroupView g : views.groups()) {
            group(views, g, out);
        }
        if (Leaders.doubt(views).isEmpty()) {
            views.distributed().forEach(d -> link(d).ifPresent(out::add));
        }
        return List.copyOf(out);
    }

    private void group(GroupViews views, GroupView g, List<Finding> out) {
        if (g.config().isEmpty()) {
            out.add(Finding.block(
                    "MSSQL-NO-GROUP",
                    g.name(),
                    "nobody who answered has a replica of it",
                    "an availability group of this name",
                    "correct group in the cluster spec."));
            return;
        }
        Optional<String> doubt = Leaders.doubt(g);
        if (doubt.isPresent()) {
            out.add(Finding.block(
                    "MSSQL-NO-PRIMARY",
                    g.name(),
                    doubt.get(),
                    "one primary",
                    "find out why; a forced failover may lose data and is nobody's first choice."));
            return;
        }
        Standing standing = new Standing(g);
        standing.primary()
                .ifPresent(s -> out.add(Finding.block(
                        "MSSQL-PRIMARY-DATABASES", g.primaryName(), s, "every database ONLINE", "bring them online.")));
        for (ReplicaRow r : g.replicas()) {
            replica(views, g, r, standing, out);
        }
        if (g.config().filter(c -> c.cluster() == ClusterType.WSFC).isPresent()) {
            quorum(g.primaryName()).ifPresent(out::add);
        }
    }

    private static Optional<Finding> link(DistributedView d) {
        return d.missing()
                .map(m -> Finding.block(
                        "MSSQL-LINK",
                        d.name(),
                        m,
                        "a link that is connected, with every database SYNCHRONIZING or SYNCHRONIZED",
                        "repair the connection between the two halves; where a database is suspended, find out who did it, then ALTER"
                                + " DATABASE ... SET HADR RESUME on the forwarder"
                                + d.forwarder().map(f -> " " + f).orElse("") + "."));
    }

    private static void replica(GroupViews views, GroupView g, ReplicaRow r, Standing standing, List<Finding> out) {
        Optional<String> target = g.targetOf(r);
        if (target.isEmpty()) {
            if (views.silent().isEmpty()) {
                out.add(Finding.block(
                        "MSSQL-REPLICA-NOT-NAMED",
                        r.server(),
                        "it has a replica of " + g.name() + " and is no target of the spec",
                        "every replica among the targets",
                        "add it to the targets."));
            }
            return;
        }
        if (target.get().equals(g.primaryName()) || views.of(target.get()).isEmpty()) {
            return;
        }
        standing.missing(target.get())
                .ifPresent(m -> out.add(Finding.block(
                        "MSSQL-REPLICA",
                        target.get(),
                        m,
                        "connected, with every database moving",
                        "wait for replication; where a database is suspended, find out who did it, then ALTER DATABASE ... SET"
                                + " HADR RESUME.")));
    }

    /** A Windows cluster that was started without its quorum is not one to be patched. */
    private Optional<Finding> quorum(String primary) {
        Optional<Quorum> seen = engine.access(primary)
                .call(
                        "reading the quorum",
                        s -> SqlQuery.first(
                                s,
                                QUORUM,
                                row -> new Quorum(
                                        row.number("quorum_state").orElse(0), row.text("quorum_state_desc"))));
        return seen.filter(q -> q.state() == NORMAL_QUORUM).isPresent()
                ? Optional.empty()
                : Optional.of(Finding.block(
                        "MSSQL-QUORUM",
                        primary,
                        "the quorum of its Windows cluster is "
                                + seen.map(Quorum::word).orElse("not to be seen"),
                        "NORMAL_QUORUM",
                        "repair the Windows cluster first."));
    }

    /** What is not in order after a patch. */
    public List<Finding> postFlight(EngineVersion target) {
        GroupViews views = GroupViews.of(engine);
        List<Finding> out = new ArrayList<>(of(views));
        for (InstanceView v : views.all()) {
            if (!EngineVersion.parse(v.facts().version()).sameRelease(target)) {
                out.add(Finding.block(
                        "MSSQL-WRONG-VERSION",
                        v.name(),
                        "runs " + v.facts().version(),
                        target.toString(),
                        "look at what setup left, in Summary.txt."));
            }
        }
        return out;
    }

    /** The groups that the spec does not name. */
    static Optional<Finding> unnamed(GroupViews views) {
        return views.unnamed().isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.block(
                        "MSSQL-OTHER-GROUPS",
                        views.cluster(),
                        "its instances are in the groups " + views.unnamed() + ", too",
                        "every group of every instance in the spec: what is done to an instance is done to all of them",
                        "name them under groups."));
    }

    /** The settings of a group in words, for plans. */
    static String describe(GroupConfig c) {
        return c.name() + ": cluster type " + c.cluster() + (c.isBasic() ? ", basic" : "")
                + (c.isContained() ? ", contained" : "") + ", " + c.required()
                + " synchronized secondaries required, backups " + c.backups();
    }
}
