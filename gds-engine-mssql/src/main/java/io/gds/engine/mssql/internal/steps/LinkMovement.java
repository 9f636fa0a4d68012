package io.gds.engine.mssql.internal.steps;

import io.gds.database.error.GdsDatabaseException;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.group.DistributedView;
import io.gds.engine.mssql.internal.group.GroupViews;
import io.gds.engine.mssql.internal.kernel.DistributedLinks;
import io.gds.engine.mssql.internal.kernel.GroupKernel;
import java.time.Duration;
import java.util.List;

/**
 * The data on their way from one half of a distributed group to the other. They are never suspended here; what the system itself suspends when
 * forwarders or versions change is resumed on the forwarder. What somebody suspended is left to them.
 */
final class LinkMovement {
    private static final Duration SOON = Duration.ofMillis(500);

    private final GroupStatements statements;

    LinkMovement(MssqlEngine engine) {
        this.statements = new GroupStatements(engine);
    }

    /**
     * Lets the log of the halves move that an instance belongs to.
     *
     * @param fence called right before each effect
     */
    void resume(GroupViews views, String member, Runnable fence) {
        resume(DistributedLinks.around(views, member), fence);
    }

    /** The same of all links. */
    void resume(GroupViews views, Runnable fence) {
        resume(views.distributed(), fence);
    }

    private void resume(List<DistributedView> links, Runnable fence) {
        for (DistributedView d : links) {
            d.forwarder().ifPresent(f -> d.resumable().forEach(database -> {
                fence.run();
                resume(f, database);
            }));
        }
    }

    /** A forwarder that has just become so is not connected yet, and is asked again. */
    private void resume(String forwarder, String database) {
        try {
            statements.resume(forwarder, database);
        } catch (GdsDatabaseException e) {
            if (!e.retryable()) {
                throw e;
            }
            throw GroupKernel.notNow(
                    database + " is not resumed on the forwarder " + forwarder,
                    String.valueOf(e.getMessage()),
                    "a connection to the global primary",
                    "the forwarder, once it has found it",
                    SOON);
        }
    }
}
