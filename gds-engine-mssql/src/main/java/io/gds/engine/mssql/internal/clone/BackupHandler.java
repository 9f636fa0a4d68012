package io.gds.engine.mssql.internal.clone;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.Probed;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.backup.Backups;
import io.gds.engine.mssql.internal.backup.Copies;
import io.gds.engine.mssql.internal.sql.SqlAccess;
import io.gds.engine.mssql.internal.sql.SqlName;
import java.util.Optional;

/** Backs one database of production up, apart from its usual chain of backups. The sandbox then looks whether it can read that. */
final class BackupHandler extends CloneStep {
    private static final String UNREADABLE = "GDS-BACKUP-DAMAGED";

    BackupHandler() {
        super(CloneActions.BACKUP);
    }

    @Override
    public String describe(Params p) {
        return "back " + database(p) + " up on " + p.optionalString(SOURCE).orElse("its server")
                + " (COPY_ONLY: its usual chain of backups stays as it is)";
    }

    private static SqlAccess source(StepContext<MssqlEngine> c) {
        return c.engine().access(c.params().string(SOURCE));
    }

    @Override
    public Prepared prepare(StepContext<MssqlEngine> c) {
        return Prepared.proceed(Params.of("file", file(c)));
    }

    @Override
    public Params apply(StepContext<MssqlEngine> c) {
        c.fence();
        String file = new Backups(source(c))
                .backup(new SqlName(c.params().string(DATABASE)), folder(c), file(c), c.cancellation());
        return Params.of("path", file);
    }

    @Override
    public Verdict verify(StepContext<MssqlEngine> c) {
        try {
            String held = new Copies(sandbox(c)).databaseOf(folder(c), file(c));
            String expected = c.params().string(DATABASE);
            return held.equals(expected)
                    ? Verdict.holds()
                    : Verdict.broken(unreadable(c, file(c) + " is a backup of " + held));
        } catch (GdsDatabaseException e) {
            if (!e.code().equals(UNREADABLE)) {
                throw e;
            }
            return Verdict.broken(unreadable(c, String.valueOf(e.getMessage())));
        }
    }

    private static Finding unreadable(StepContext<MssqlEngine> c, String observed) {
        return Finding.block(
                "MSSQL-CLONE-FOLDER",
                spec(c).target().name(),
                observed,
                "the backup of " + c.params().string(DATABASE) + " in " + spec(c).folder()
                        + ", written by one server and read by the other",
                "let the accounts of both servers change files in that folder.");
    }

    /** What is in the file says nothing: it may be half of a backup. It is written anew. */
    @Override
    public Probed probe(StepContext<MssqlEngine> c) {
        Optional<String> work = new SandboxServer(source(c)).underWay("BACKUP");
        return work.map(w -> Probed.inProgress(goesOn(w)))
                .orElseGet(() -> Probed.partial("the backup may have broken off; it is made anew"));
    }
}
