package io.gds.engine.mssql.linux;

import io.gds.database.plan.PatchRequest;
import io.gds.database.testkit.faults.FaultPatch;
import java.time.Duration;

/** The patch that host programs are killed in. */
public final class LinuxFaultPatch implements FaultPatch {
    @Override
    public PatchRequest to(String version) {
        return PatchRequest.to(version).memberTimeout(Duration.ofMinutes(1)).stableFor(Duration.ofMillis(50));
    }
}
