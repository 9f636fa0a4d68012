package io.gds.database.core.internal.journal;

import io.gds.database.run.RunId;

/**
 * The right to write to a run's journal until somebody takes it with a higher epoch.
 *
 * @param run the run
 * @param epoch grows with every holder
 * @param holder who has it
 */
public record Lease(RunId run, long epoch, Holder holder) {}
