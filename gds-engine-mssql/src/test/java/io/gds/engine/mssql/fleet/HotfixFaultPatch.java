package io.gds.engine.mssql.fleet;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.RollingPatcher;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.Plan;
import io.gds.database.plan.PrimaryTurn;
import io.gds.database.testkit.faults.FaultPatch;
import io.gds.engine.mssql.HotfixRequest;
import java.nio.file.Path;

/** The deployment that host programs are killed in. Their version is the file of the mapping. */
public final class HotfixFaultPatch implements FaultPatch {
    @Override
    public PatchRequest to(String version) {
        throw new UnsupportedOperationException("a fleet has no version");
    }

    @Override
    public Plan plan(RollingPatcher patcher, DatabaseEngine engine, String version, PrimaryTurn turn) {
        return patcher.plan(engine, HotfixRequest.of(Path.of(version)).serversAtOnce(16));
    }
}
