package io.gds.engine.mssql.clone;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.RollingPatcher;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.Plan;
import io.gds.database.plan.PrimaryTurn;
import io.gds.database.testkit.faults.FaultPatch;
import io.gds.engine.mssql.CloneTestRequest;
import java.nio.file.Path;

/** The clone test that host programs are killed in. Their version is the file of the mapping. */
public final class CloneFaultPatch implements FaultPatch {
    @Override
    public PatchRequest to(String version) {
        throw new UnsupportedOperationException("a clone test has no version");
    }

    @Override
    public Plan plan(RollingPatcher patcher, DatabaseEngine engine, String version, PrimaryTurn turn) {
        return patcher.plan(
                engine,
                CloneTestRequest.of(Path.of(version))
                        .smokeQuery("orders are there", "shop", "SELECT id FROM dbo.orders"));
    }
}
