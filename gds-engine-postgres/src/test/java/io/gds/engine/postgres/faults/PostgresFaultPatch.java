package io.gds.engine.postgres.faults;

import io.gds.database.core.RunOptions;
import io.gds.database.plan.PatchRequest;
import io.gds.database.testkit.faults.FaultPatch;

/** {@link Patches}, for host programs. */
public final class PostgresFaultPatch implements FaultPatch {
    @Override
    public PatchRequest to(String version) {
        return Patches.to(version);
    }

    @Override
    public RunOptions options() {
        return Patches.downgradesToo();
    }
}
