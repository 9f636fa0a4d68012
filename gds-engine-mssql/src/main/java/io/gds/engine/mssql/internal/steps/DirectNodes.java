package io.gds.engine.mssql.internal.steps;

import io.gds.database.OperationResult;
import io.gds.database.plan.PatchRequest;
import io.gds.database.spi.OperationTimer;
import io.gds.database.spi.Permit;
import io.gds.database.spi.Verdict;
import io.gds.database.version.EngineVersion;
import io.gds.engine.mssql.AvailabilityGroupHealth;
import io.gds.engine.mssql.GroupNodes;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.config.TargetSpec;
import io.gds.engine.mssql.internal.group.GroupViews;
import io.gds.engine.mssql.internal.kernel.GroupKernel;
import io.gds.engine.mssql.internal.kernel.HealthReport;
import java.util.List;

/** Nodes that a program drives by itself, by the same kernel and the same effects as plans. */
public final class DirectNodes implements GroupNodes {
    private final MssqlEngine engine;
    private final GroupKernel kernel;
    private final Movement movement;

    /** Of a cluster. */
    public DirectNodes(MssqlEngine engine) {
        this.engine = engine;
        this.kernel = new GroupKernel(engine);
        this.movement = new Movement(engine);
    }

    @Override
    public List<AvailabilityGroupHealth> health() {
        return HealthReport.of(GroupViews.of(engine));
    }

    private TargetSpec known(String node) {
        return engine.access(node).target();
    }

    @Override
    public OperationResult suspend(String node) {
        OperationTimer timer = OperationTimer.start(engine.clock(), "suspend " + node);
        known(node);
        if (movement.suspended(node) instanceof Verdict.Holds) {
            return timer.already("no data move to " + node);
        }
        Permit permit = kernel.mayGoDown(node, 1);
        if (!(permit instanceof Permit.Granted)) {
            throw GroupKernel.notNow("data movement to " + node + " is not suspended", permit);
        }
        movement.suspend(node, () -> {});
        return timer.changed("data movement to " + node + " is suspended");
    }

    @Override
    public OperationResult resume(String node) {
        OperationTimer timer = OperationTimer.start(engine.clock(), "resume " + node);
        known(node);
        movement.resume(node, () -> {});
        return timer.changed("data move to " + node);
    }

    @Override
    public OperationResult patch(String node, String version) {
        OperationTimer timer = OperationTimer.start(engine.clock(), "patch " + node + " to " + version);
        EngineVersion wanted = EngineVersion.parse(version);
        known(node);
        NodePatch patch = NodePatch.of(engine);
        if (patch.installed(node).filter(wanted::equals).isPresent()) {
            return timer.already(version + " is installed");
        }
        patch.bring(node, wanted);
        return timer.changed(node + " runs " + version);
    }

    @Override
    public PatchRequest patchOfAll(String version) {
        return PatchRequest.to(version).memberTimeout(NodePatch.SETUP);
    }
}
