package io.gds.database.core.internal.plan;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.internal.probe.Probes;
import io.gds.database.spi.StepHandler;
import java.util.ArrayList;
import java.util.List;

/** All actions that the core itself can do. */
public final class CoreActions {
    private CoreActions() {}

    /** The handlers. */
    public static List<StepHandler<DatabaseEngine>> handlers(Probes probes) {
        List<StepHandler<DatabaseEngine>> out = new ArrayList<>();
        out.addAll(MemberHandlers.all());
        out.addAll(ClusterHandlers.all());
        out.addAll(SwitchoverHandlers.all());
        out.addAll(PrimaryTurnHandlers.all());
        out.addAll(CloneHandlers.all());
        out.addAll(ProbeHandlers.all(probes));
        return out;
    }
}
