package io.gds.engine.mssql.internal.steps;

import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.Urgency;
import io.gds.database.run.Blocked;
import io.gds.database.spi.BracketDraft;
import io.gds.database.spi.Verdict;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.group.GroupViews;
import io.gds.engine.mssql.internal.kernel.GroupKernel;
import io.gds.engine.mssql.internal.member.SystemdService;
import io.gds.engine.mssql.internal.pacemaker.Pacemaker;
import io.gds.engine.mssql.internal.pacemaker.PacemakerFindings;
import io.gds.engine.mssql.internal.pacemaker.PacemakerHandlers;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Hosts with Linux below a Pacemaker cluster: the cluster is told to leave the node alone, the service is stopped, packages are exchanged, the
 * service is started, and only when the instance answers the cluster gets the node back.
 *
 * <p>Source: Operate Always On availability groups on Linux (stop the resource on the node before the upgrade, so that the cluster does not
 * fail it); Red Hat, "Put a node into standby mode" ("when updating a resource's packages"); the agent {@code ag} of mssql-server-ha, which
 * makes a replica that has been restarted a secondary again when it starts, and fails its start when the instance lets nobody in.
 */
final class PacemakerHosts extends LinuxHosts {
    private static final Duration SOON = Duration.ofMillis(500);

    private final MssqlEngine engine;
    private final Pacemaker cluster;
    private final Movement movement;

    PacemakerHosts(MssqlEngine engine, Pacemaker cluster) {
        super(engine);
        this.engine = engine;
        this.cluster = cluster;
        this.movement = new Movement(engine);
    }

    @Override
    List<Finding> groupsFit(GroupViews views) {
        return new PacemakerFindings(engine, cluster).fits(views);
    }

    @Override
    List<Finding> surroundings() {
        return new PacemakerFindings(engine, cluster).findings();
    }

    @Override
    public List<BracketDraft> around(String member, PatchRequest request) {
        return List.of(new BracketDraft(
                "node",
                "Give the node of " + member + " back to its cluster as it was, whatever happens",
                PacemakerHandlers.node(),
                PacemakerHandlers.of(member),
                PacemakerHandlers.nodeBack(),
                PacemakerHandlers.of(member),
                Urgency.CALM));
    }

    @Override
    public List<BracketDraft> aroundSwitchover() {
        return List.of(new BracketDraft(
                "moves",
                "Leave no location constraint of a move behind",
                PacemakerHandlers.moves(),
                Params.empty(),
                PacemakerHandlers.movesCleared(),
                Params.empty(),
                Urgency.CALM));
    }

    @Override
    public void takeOut(String member, Runnable fence) {
        if (!cluster.isStandby(member)) {
            fence.run();
            cluster.standby(member, true);
        }
        if (!cluster.isLeftAlone(member)) {
            throw GroupKernel.notNow(
                    SystemdService.NAME + " of " + member + " is not stopped",
                    "resources of the cluster run on its node still",
                    "a node in standby with nothing on it",
                    "the cluster, which stops them",
                    SOON);
        }
        if (!service(member).isDown()) {
            fence.run();
            service(member).stop();
        }
    }

    @Override
    public Verdict isOut(String member) {
        String state = service(member).state();
        if (state.equals("deactivating")) {
            return Verdict.notYet(new Blocked(
                    SystemdService.NAME + " of " + member + " is " + state,
                    "its end",
                    "the server, which writes what it has",
                    SOON));
        }
        return service(member).isDown() && cluster.isStandby(member)
                ? Verdict.holds()
                : Verdict.again(SystemdService.NAME + " of " + member + " is " + state + ", its node is "
                        + (cluster.isStandby(member) ? "" : "not ") + "in standby");
    }

    /** In this order: the cluster starts its resource once, and gives up when the server lets nobody in. */
    @Override
    void putBack(String member, Runnable fence, Consumer<String> progress) {
        startWhenDown(member, fence, progress);
        if (cluster.isStandby(member)) {
            PacemakerHandlers.mayBeUsed(engine, member);
            fence.run();
            cluster.standby(member, false);
        }
        movement.resume(member, fence);
    }
}
