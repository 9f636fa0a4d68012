package io.gds.engine.mssql.internal.hotfix;

import io.gds.database.plan.ActionId;
import io.gds.database.spi.StepHandler;
import io.gds.engine.mssql.internal.MssqlEngine;
import java.util.List;

/** The actions of hotfix plans. */
public final class HotfixActions {
    static final String BEGIN = "mssql.begin@1";
    static final String INSTALL = "mssql.install@1";
    static final String REMOVE = "mssql.remove@1";
    static final String RESTART = "mssql.restart@1";
    static final String MOVE = "mssql.move@1";
    static final String MOVE_BACK = "mssql.move-back@1";
    static final String OWNERS = "mssql.owners@1";
    static final String OWNERS_BACK = "mssql.owners-back@1";
    static final String CHECK = "mssql.check@1";
    static final String END = "mssql.end@1";

    private HotfixActions() {}

    /** Marks a host as worked on, once nothing speaks against it. */
    public static ActionId begin() {
        return ActionId.of(BEGIN);
    }

    /** Takes our jobs and our mark from a host. */
    public static ActionId end() {
        return ActionId.of(END);
    }

    /** A handler of each. */
    public static List<StepHandler<MssqlEngine>> handlers() {
        return List.of(
                new BeginHandler(),
                new SetupHandler(INSTALL, SetupGoal.INSTALLED),
                new SetupHandler(REMOVE, SetupGoal.REMOVED),
                new RestartHandler(),
                new MoveHandler(MOVE, false),
                new MoveHandler(MOVE_BACK, true),
                new OwnersHandler(OWNERS, false),
                new OwnersHandler(OWNERS_BACK, true),
                new CheckHandler(),
                new EndHandler());
    }
}
