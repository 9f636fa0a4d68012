package io.gds.engine.mssql.internal.steps;

import io.gds.database.spi.StepHandler;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.pacemaker.PacemakerHandlers;
import java.util.ArrayList;
import java.util.List;

/** The actions of patches of groups. */
public final class GroupActions {
    private GroupActions() {}

    /** A handler of each. */
    public static List<StepHandler<MssqlEngine>> handlers() {
        List<StepHandler<MssqlEngine>> all = new ArrayList<>(SettingHandlers.all());
        all.addAll(DrainHandlers.all());
        all.addAll(PacemakerHandlers.all());
        return List.copyOf(all);
    }
}
