package io.gds.engine.postgres.internal.admin;

import io.gds.database.OperationResult;
import io.gds.database.error.GdsDatabaseException;

/** What {@code ReplicationAdmin.failover} does. */
@FunctionalInterface
public interface FailoverOperation {
    /** Makes a member the primary, or refuses with {@code GDS-FAILOVER-REFUSED}. */
    OperationResult failover(String target);

    /** Refuses always: for an engine without the means to change roles safely. */
    static FailoverOperation refusing() {
        return target -> {
            throw GdsDatabaseException.user("GDS-FAILOVER-REFUSED")
                    .message("member \"" + target
                            + "\" was not made primary: this engine was opened without the means to"
                            + " hand over safely.")
                    .remedy("give the spec packages and shell, or use a plan.")
                    .build();
        };
    }
}
