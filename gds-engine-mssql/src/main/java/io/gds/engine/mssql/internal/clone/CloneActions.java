package io.gds.engine.mssql.internal.clone;

import io.gds.database.spi.StepHandler;
import io.gds.engine.mssql.internal.MssqlEngine;
import java.util.List;

/** The actions of clone tests. */
public final class CloneActions {
    static final String OPEN = "mssql.clone-open@1";
    static final String BACKUP = "mssql.clone-backup@1";
    static final String RESTORE = "mssql.clone-restore@1";
    static final String CHECK = "mssql.clone-check@1";
    static final String QUERY = "mssql.clone-query@1";
    static final String CLOSE = "mssql.clone-close@1";

    private CloneActions() {}

    /** A handler of each. */
    public static List<StepHandler<MssqlEngine>> handlers() {
        return List.of(
                new OpenHandler(),
                new BackupHandler(),
                new RestoreHandler(),
                new CheckHandler(),
                new QueryHandler(),
                new CloseHandler());
    }
}
