package io.gds.engine.postgres.internal.steps;

import io.gds.database.spi.StepHandler;
import io.gds.engine.postgres.internal.PostgresEngine;
import java.util.ArrayList;
import java.util.List;

/** All actions of this engine beyond the verbs of the rolling patch. */
public final class PostgresActions {
    private PostgresActions() {}

    /** The handlers. */
    public static List<StepHandler<PostgresEngine>> handlers() {
        List<StepHandler<PostgresEngine>> out = new ArrayList<>();
        out.addAll(SettingHandlers.all());
        out.addAll(SyncNamesHandlers.all());
        out.addAll(FollowHandlers.all());
        out.addAll(GuardHandlers.all());
        out.addAll(ExtensionHandlers.all());
        return out;
    }
}
