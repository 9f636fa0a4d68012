package io.gds.engine.mssql.internal.steps;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.run.Blocked;
import io.gds.database.spi.Verdict;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.group.DatabaseRow;
import io.gds.engine.mssql.internal.group.GroupView;
import io.gds.engine.mssql.internal.group.GroupViews;
import io.gds.engine.mssql.internal.kernel.GroupKernel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The data on their way to one instance. Suspended there they stop for it alone; suspended on a primary they would stop for everybody,
 * which is never done.
 */
public final class Movement {
    private static final Duration SOON = Duration.ofMillis(500);

    private final MssqlEngine engine;
    private final GroupStatements statements;
    private final LinkMovement links;

    /** Of a cluster. */
    public Movement(MssqlEngine engine) {
        this.engine = engine;
        this.statements = new GroupStatements(engine);
        this.links = new LinkMovement(engine);
    }

    /**
     * Stops what moves, in every group that the instance follows in.
     *
     * @param fence called right before each effect
     */
    public void suspend(String member, Runnable fence) {
        GroupViews views = GroupViews.of(engine);
        if (views.of(member).isEmpty()) {
            return; // whoever is down gets nothing anyway
        }
        for (String database : databases(views, member, d -> d.suspended().isEmpty())) {
            fence.run();
            statements.suspend(member, database);
        }
    }

    /** Whether nothing moves any more. */
    public Verdict suspended(String member) {
        GroupViews views = GroupViews.of(engine);
        if (views.of(member).isEmpty()) {
            return Verdict.holds();
        }
        if (!views.ledBy(member).isEmpty()) {
            return Verdict.notYet(new Blocked(
                    member + " leads "
                            + views.ledBy(member).stream().map(GroupView::name).toList(),
                    "a secondary in every group",
                    "a failover",
                    SOON));
        }
        List<String> moving = databases(views, member, d -> d.suspended().isEmpty());
        return moving.isEmpty() ? Verdict.holds() : Verdict.again(member + " gets data of " + shown(moving));
    }

    /**
     * Lets everything move again that is suspended there, whoever did it: before our own step nothing was.
     *
     * @param fence called right before each effect
     */
    public void resume(String member, Runnable fence) {
        GroupViews views = GroupViews.of(engine);
        for (String database : databases(views, member, d -> d.suspended().isPresent())) {
            fence.run();
            resume(member, database);
        }
        links.resume(views, member, fence);
    }

    /** What of that does not move yet, by the instance's own word; empty when all of it does. */
    Optional<String> notResumed(String member) {
        List<String> still =
                databases(GroupViews.of(engine), member, d -> d.suspended().isPresent());
        return still.isEmpty() ? Optional.empty() : Optional.of(member + " gets no data of " + shown(still));
    }

    /** An instance that has just started is not connected to its primary yet, and is asked again. */
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
                    "the instance, once it has started",
                    SOON);
        }
    }

    private static List<String> databases(GroupViews views, String member, Predicate<DatabaseRow> which) {
        return views.around(member).stream()
                .filter(g -> !g.primaryName().equals(member))
                .flatMap(g -> g.ownWord(member).stream())
                .filter(which)
                .map(DatabaseRow::name)
                .toList();
    }

    private static String shown(List<String> names) {
        return names.size() <= 3
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, 3)) + " and " + (names.size() - 3) + " more";
    }
}
