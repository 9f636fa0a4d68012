package io.gds.engine.postgres.internal.patroni;

import io.gds.database.spi.StepHandler;
import io.gds.engine.postgres.internal.PostgresEngine;
import java.util.ArrayList;
import java.util.List;

/** The actions that only clusters with Patroni know. */
public final class PatroniActions {
    private PatroniActions() {}

    /** The handlers. */
    public static List<StepHandler<PostgresEngine>> handlers() {
        List<StepHandler<PostgresEngine>> out = new ArrayList<>(TagHandlers.all());
        out.addAll(DynamicSettingHandlers.all());
        return out;
    }
}
