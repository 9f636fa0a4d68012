package io.gds.database.core.internal.journal;

import io.gds.database.plan.Params;
import io.gds.database.run.RunId;
import io.gds.database.run.RunStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run's row: everything but its plan and events.
 *
 * @param run its name
 * @param kind the plan's kind
 * @param title the plan's title
 * @param cluster the cluster's name
 * @param planHash the plan's hash
 * @param status how it stands
 * @param createdAt when it was created
 * @param dueAt when a waiting run is worth looking at
 * @param blocked what it waits for
 * @param holder who drives it
 * @param leasedAt since when
 */
public record StoredRun(
        RunId run,
        String kind,
        String title,
        String cluster,
        String planHash,
        RunStatus status,
        Instant createdAt,
        @Nullable Instant dueAt,
        Params blocked,
        @Nullable Holder holder,
        @Nullable Instant leasedAt) {}
