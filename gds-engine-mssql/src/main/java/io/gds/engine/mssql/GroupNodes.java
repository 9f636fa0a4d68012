package io.gds.engine.mssql;

import io.gds.database.OperationResult;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.PatchRequest;
import java.util.List;

/**
 * The facet of a cluster of availability groups for programs that drive its nodes one by one, without a plan and a journal. The same rules
 * hold as in a plan; but nobody carries on what such a program began when it dies. Nodes are the targets of the cluster spec.
 *
 * <p>Thread-safe; calls block until done or failed.
 */
public interface GroupNodes {
    /** Every group of the cluster as all nodes show it now, and behind them the distributed groups that those are in, each with its link. */
    List<AvailabilityGroupHealth> health();

    /**
     * Suspends the movement of all data to a node, in every group that it follows in.
     *
     * @throws GdsDatabaseException with code {@code MSSQL-NOT-NOW} when it leads a group, another replica is not in order, or commits
     *     would wait; nothing was changed then
     */
    OperationResult suspend(String node);

    /** Resumes the movement of all data to a node that is suspended there, whoever suspended it. */
    OperationResult resume(String node);

    /**
     * Patches a node that leads no group: takes it out, brings it to the build, puts it back and waits until it is in order. On Windows data
     * movement is suspended meanwhile, and the packages are those that {@code packages.mapping} has for the build; on Linux the service is
     * stopped, the packages are those of the distribution, and a Pacemaker cluster gets its node back. Failover modes and other settings are
     * the caller's to look after. When a package fails, the node goes back into service on what it runs then.
     *
     * @param node the node
     * @param version the build, with all four numbers
     * @throws GdsDatabaseException as {@link #suspend}, and with the code of whatever a plan would be refused for; with code {@code
     *     MSSQL-NO-PACKAGE} when no package leads there, with the code of the installation's failure, with {@code MSSQL-CLAIMED} when a run or
     *     another such call works on its Windows host, with {@code MSSQL-SETUP-RUNNING} when the time is over and an installation goes on
     *     there: then the mark of this call stays until a person removes it; with {@code MSSQL-NODE-OUT} when packages on Linux are half
     *     installed: then the node stays out of service until a person has seen to them
     */
    OperationResult patch(String node, String version);

    /** What a program asks {@code RollingPatcher} for to have every node patched, with a failover in between: times that setups need. */
    PatchRequest patchOfAll(String version);
}
