package io.gds.database.core.internal.run;

import io.gds.database.gate.GateCheck;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;

/**
 * What drivers of one patcher share.
 *
 * @param clock the only clock
 * @param sleeper lets time pass
 * @param workers where handlers run
 * @param timer for heartbeats
 * @param patience a wait longer than this gives the thread back
 * @param leaseTtl how long a lease lasts without a heartbeat
 * @param grace how long a call may go on after it was asked to stop
 * @param checks the host program's gate checks
 * @param shuttingDown whether this process wants to stop driving
 */
public record DriverSettings(
        Clock clock,
        Sleeper sleeper,
        Executor workers,
        ScheduledExecutorService timer,
        Duration patience,
        Duration leaseTtl,
        Duration grace,
        Map<String, GateCheck> checks,
        BooleanSupplier shuttingDown) {
    /** Copies. */
    public DriverSettings {
        checks = Map.copyOf(checks);
    }
}
