package io.gds.engine.mssql.internal.steps;

import io.gds.database.error.GdsDatabaseException;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.group.DatabaseRow;
import io.gds.engine.mssql.internal.group.GroupView;
import io.gds.engine.mssql.internal.group.GroupViews;
import io.gds.engine.mssql.internal.group.InstanceView;
import io.gds.engine.mssql.internal.kernel.GroupKernel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The planned failover of a group without a cluster, whose only statement for it is the forced one: commits ask for a secondary that has them, the
 * primary steps down, and whoever has everything takes over; that leaves the data of the others suspended, and they are resumed.
 *
 * <p>Source: Force a failover of a read-scale availability group, "without data loss".
 */
final class LonelyGroups {
    private static final Duration SOON = Duration.ofMillis(200);
    private static final String FROM_USER = "SUSPEND_FROM_USER";

    private final MssqlEngine engine;
    private final GroupStatements statements;

    LonelyGroups(MssqlEngine engine) {
        this.engine = engine;
        this.statements = new GroupStatements(engine);
    }

    /**
     * Both statements; a primary that has stepped down leads again when the target does not have everything.
     *
     * @param was how many secondaries commits asked for before, where they are to ask for more meanwhile
     */
    void change(GroupViews views, GroupView g, String target, Optional<String> was, Runnable fence) {
        String from = g.primaryName();
        Optional<Setting> before =
                was.map(n -> new Setting(g.name(), "", Setting.Option.REQUIRED_SYNCHRONIZED_SECONDARIES_TO_COMMIT, n));
        if (!g.isReady(target)) {
            calm(g, before, fence);
            resume(views, fence);
            throw RoleChange.notReady(g, target);
        }
        Optional<Setting> lacks = Wanted.atLeastOne(g);
        if (lacks.isPresent()) {
            fence.run();
            statements.set(from, lacks.get());
        }
        // until commits asked for it the target may have been left behind
        GroupView now = GroupViews.of(engine).named(g.name()).orElseThrow();
        if (!now.isReady(target)) {
            calm(now, before, fence);
            throw RoleChange.notReady(now, target);
        }
        fence.run();
        statements.stepDown(from, g.name());
        GroupViews after = GroupViews.of(engine);
        Interregnum between = after.named(g.name())
                .flatMap(n -> Interregnum.of(after, n, from))
                .orElseThrow(() -> undecided(g.name(), "not everybody who could lead has answered"));
        end(between, target, fence);
    }

    /** While the target is waited for, commits wait for nobody who need not have them. */
    private void calm(GroupView g, Optional<Setting> before, Runnable fence) {
        if (g.primary().isPresent()) {
            before.filter(s -> !s.now(g).filter(s.value()::equals).isPresent()).ifPresent(s -> {
                fence.run();
                statements.set(g.primaryName(), s);
            });
        }
    }

    /** The second statement. When it is not the target that takes over, all of it is to be done again. */
    void end(Interregnum between, String target, Runnable fence) {
        String group = between.group().name();
        String taker = between.taker(target)
                .orElseThrow(
                        () -> undecided(group, "neither " + target + " nor the former primary is known to have all"));
        fence.run();
        statements.takeOver(taker, group);
        if (!taker.equals(target)) {
            throw GroupKernel.notNow(
                    group + " is not failed over",
                    target + " is silent or does not have everything, and " + taker + " leads again",
                    "is_failover_ready for every database",
                    "replication",
                    SOON);
        }
    }

    private static GdsDatabaseException undecided(String group, String observed) {
        return GroupKernel.notNow(
                "nobody takes over " + group + " yet",
                observed,
                "an answer of every replica, and one with every commit on its disk",
                "their return",
                SOON);
    }

    /** Lets the data move again that the forced statement has stopped; not what somebody suspended. */
    void resume(GroupViews views, Runnable fence) {
        for (GroupView g : views.groups()) {
            for (InstanceView v : followers(views, g)) {
                for (DatabaseRow d : stopped(g, v)) {
                    fence.run();
                    resume(v.name(), d.name());
                }
            }
        }
    }

    /** Whoever has just begun to follow is not connected yet, and is asked again. */
    private void resume(String member, String database) {
        try {
            statements.resume(member, database);
        } catch (GdsDatabaseException e) {
            if (!e.retryable()) {
                throw e;
            }
            throw GroupKernel.notNow(
                    database + " is not resumed on " + member,
                    String.valueOf(e.getMessage()),
                    "a connection to the primary",
                    "the instance, once it has found it",
                    SOON);
        }
    }

    /** What is stopped so, in words; empty for nothing. */
    Optional<String> stopped(GroupViews views) {
        return views.groups().stream()
                .flatMap(g -> followers(views, g).stream()
                        .filter(v -> !stopped(g, v).isEmpty())
                        .map(v -> "data of " + g.name() + " do not move to " + v.name()))
                .findFirst();
    }

    private static List<InstanceView> followers(GroupViews views, GroupView g) {
        return Interregnum.isAlone(g) && g.primary().isPresent()
                ? views.around(g).filter(v -> !v.name().equals(g.primaryName())).toList()
                : List.of();
    }

    private static List<DatabaseRow> stopped(GroupView g, InstanceView v) {
        return g.ownWord(v.name()).stream()
                .filter(d -> d.suspended().filter(s -> !s.equals(FROM_USER)).isPresent())
                .toList();
    }
}
