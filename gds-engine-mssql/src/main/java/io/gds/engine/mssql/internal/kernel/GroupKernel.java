package io.gds.engine.mssql.internal.kernel;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.run.Blocked;
import io.gds.database.spi.NotNowException;
import io.gds.database.spi.Permit;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.group.GroupConfig;
import io.gds.engine.mssql.internal.group.GroupView;
import io.gds.engine.mssql.internal.group.GroupViews;
import io.gds.engine.mssql.internal.sql.SqlQuery;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The safety kernel: which replica may go, computed from what everybody says each time it is asked. */
public final class GroupKernel {
    /** The override that accepts that commits are on the primary alone while the only synchronized secondary is away. */
    public static final String COMMIT_ALONE = "commit-alone";

    /** The override by which somebody says that the other half of a distributed group, which gets the log, has been patched before. */
    public static final String FORWARDER_PATCHED = "forwarder-patched";

    static final String COMMITS = "MSSQL-COMMITS-WOULD-WAIT";
    private static final String NOT_NOW = "MSSQL-NOT-NOW";
    private static final Duration SOON = Duration.ofMillis(500);

    private static final String BUSY = "SELECT command FROM sys.dm_exec_requests"
            + " WHERE command LIKE 'BACKUP%' OR command LIKE 'RESTORE%' OR command LIKE 'DBCC%'";

    private final MssqlEngine engine;

    /** The kernel of a cluster. */
    public GroupKernel(MssqlEngine engine) {
        this.engine = engine;
    }

    /**
     * May the data movement of this instance stop, and its setup run, now?
     *
     * @param allowed how many may be away at the same time, this one included
     */
    public Permit mayGoDown(String member, long allowed) {
        GroupViews views = GroupViews.of(engine);
        Optional<String> cut = DistributedLinks.broken(views, member);
        return cut.isPresent() && Leaders.doubt(views).isEmpty()
                ? DistributedLinks.wait(cut.get())
                : mayGoDown(views, member, allowed);
    }

    /** The same on the way back: whoever goes back does not wait for the other half of a distributed group. */
    public Permit mayGoDownAgain(String member, long allowed) {
        return mayGoDown(GroupViews.of(engine), member, allowed);
    }

    private Permit mayGoDown(GroupViews views, String member, long allowed) {
        Optional<String> doubt = Leaders.doubt(views);
        if (doubt.isPresent()) {
            return wait(doubt.get(), "one primary of each group", "a failover, or the return of whoever led");
        }
        List<GroupView> leads = views.ledBy(member);
        if (!leads.isEmpty()) {
            return Permit.refused(leads(member, leads));
        }
        Set<String> away = new TreeSet<>(views.silent().keySet());
        for (GroupView g : views.around(member)) {
            away.addAll(new Standing(g).behind(member));
        }
        away.remove(member);
        if (away.size() + 1 > allowed) {
            return wait(
                    why(views, member, away),
                    "every other replica in order",
                    "the return of " + String.join(", ", away) + ", or replication");
        }
        for (GroupView g : views.around(member)) {
            Permit permit = commits(g, member);
            if (!(permit instanceof Permit.Granted)) {
                return permit;
            }
        }
        return idle(views, member);
    }

    private static String why(GroupViews views, String member, Set<String> away) {
        return views.silent().entrySet().stream()
                .filter(e -> away.contains(e.getKey()))
                .map(e -> e.getKey() + " does not answer")
                .findFirst()
                .or(() -> views.around(member).stream()
                        .flatMap(g -> away.stream().flatMap(a -> new Standing(g).missing(a).stream()))
                        .findFirst())
                .orElse(String.join(", ", away) + " are away");
    }

    /** Whether commits go on without it, and a failover would still have somewhere to go. */
    private static Permit commits(GroupView g, String member) {
        Optional<String> sick = new Standing(g).primary();
        if (sick.isPresent()) {
            return wait(sick.get(), "every database of the primary ONLINE", "its recovery");
        }
        if (!g.synchronous().contains(member)) {
            return Permit.granted();
        }
        int required = g.config().map(GroupConfig::required).orElse(0);
        List<String> left = new Standing(g).acknowledging(member);
        List<String> others =
                g.synchronous().stream().filter(t -> !t.equals(member)).toList();
        if (left.size() < required) {
            return others.size() >= required
                    ? wait(
                            "of " + others + " only " + left + " are synchronized",
                            required + " of them, as " + g.name() + " requires for a commit",
                            "replication")
                    : Permit.refused(wouldWait(g, member, required, others.size()));
        }
        return left.isEmpty() && !others.isEmpty()
                ? wait(
                        "nobody else could take over " + g.name() + ": " + others + " are behind",
                        "one secondary that is ready for a failover",
                        "replication")
                : Permit.granted();
    }

    private static Finding wouldWait(GroupView g, String member, int required, int left) {
        return Finding.block(
                COMMITS,
                member,
                g.name() + " requires " + required + " synchronized secondaries for a commit, and without " + member
                        + " there are " + left,
                "as many as required",
                "add a synchronous replica, or accept by name that commits are on the primary alone while it is away: override(\""
                        + COMMIT_ALONE + "\", who, why).");
    }

    /** Whatever its restart would break off. */
    private Permit idle(GroupViews views, String member) {
        return busy(views, member)
                .orElseGet(() -> views.of(member).isEmpty()
                        ? Permit.granted()
                        : Permit.granted(Params.of("primary", views.home(member).primaryName())));
    }

    /** The wait for a backup, a restore or a check that an instance is at; empty when it is at none. */
    Optional<Permit> busy(GroupViews views, String member) {
        if (views.of(member).isEmpty()) {
            return Optional.empty();
        }
        List<String> busy = engine.access(member)
                .call("listing what it does", s -> SqlQuery.rows(s, BUSY, row -> row.text("command")));
        return busy.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        wait(member + " is busy with " + busy, "nothing that a restart would break off", "its end"));
    }

    private static Finding leads(String member, List<GroupView> groups) {
        return Finding.block(
                "MSSQL-KERNEL-PRIMARY",
                member,
                "it leads " + groups.stream().map(GroupView::name).toList(),
                "a secondary in every group",
                "fail them over first; plan again.");
    }

    static Permit wait(String observed, String needed, String clears) {
        return Permit.wait(new Blocked(observed, needed, clears, SOON));
    }

    /** What is thrown instead of an effect that was allowed once and is not allowed any more. */
    public static GdsDatabaseException notNow(String what, Permit permit) {
        if (permit instanceof Permit.Wait w) {
            return new NotNowException(NOT_NOW, what, w.blocked());
        }
        Finding why = ((Permit.Refused) permit).finding();
        return GdsDatabaseException.environment(NOT_NOW)
                .message(what + ": " + why.observed() + ".")
                .remedy(why.remedy())
                .retryable() // whoever leads, and who is in step, changes
                .build();
    }

    /** Waits, as an effect says it. */
    public static NotNowException notNow(String what, String observed, String needed, String clears, Duration recheck) {
        return new NotNowException(NOT_NOW, what, new Blocked(observed, needed, clears, recheck));
    }
}
