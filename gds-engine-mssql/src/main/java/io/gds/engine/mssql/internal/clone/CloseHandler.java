package io.gds.engine.mssql.internal.clone;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import io.gds.database.run.Blocked;
import io.gds.database.spi.NotNowException;
import io.gds.database.spi.Probed;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.sql.SqlName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Drops what has the run's name on the sandbox, whoever restored it, and removes its backups from the folder. */
final class CloseHandler extends CloneStep {
    /** Somebody got in between: it is tried again. */
    private static final Set<String> IN_USE = Set.of("MSSQL-3702", "MSSQL-5064", "MSSQL-5061", "MSSQL-3101");

    CloseHandler() {
        super(CloneActions.CLOSE);
    }

    @Override
    public String describe(Params p) {
        return "drop the copies on the sandbox with their files, and remove the backups";
    }

    @Override
    public Params apply(StepContext<MssqlEngine> c) {
        String source = c.params().string(SOURCE);
        backupUnderWay(c, source).ifPresent(work -> {
            throw new NotNowException(
                    "MSSQL-CLONE-BACKUP", "the backups are not removed", goesOn(source + ": " + work));
        });
        try {
            server(c).underWay("RESTORE").ifPresent(work -> {
                throw new NotNowException("MSSQL-CLONE-RESTORE", "the copies are not dropped", goesOn(work));
            });
            for (String copy : server(c).named(names(c).prefix())) {
                c.fence();
                server(c).drop(new SqlName(copy));
            }
            c.fence();
            files(c).remove();
            return Params.empty();
        } catch (NotNowException e) {
            throw e;
        } catch (GdsDatabaseException e) {
            if (!e.retryable() && !IN_USE.contains(e.code())) {
                throw e;
            }
            throw new NotNowException(
                    "MSSQL-CLONE-CLEANING",
                    "the sandbox is not cleaned up",
                    new Blocked(
                            String.valueOf(e.getMessage()),
                            "the sandbox answering, and nobody in its copies",
                            "the sandbox, once it has started; who is in a copy has to leave it",
                            RECHECK));
        }
    }

    /** A source that does not answer keeps nobody from cleaning up. */
    private static Optional<String> backupUnderWay(StepContext<MssqlEngine> c, String source) {
        try {
            return new SandboxServer(c.engine().access(source)).underWay("BACKUP");
        } catch (GdsDatabaseException e) {
            return Optional.empty();
        }
    }

    private static BackupFiles files(StepContext<MssqlEngine> c) {
        return new BackupFiles(sandbox(c), spec(c).folder(), names(c));
    }

    private static List<String> left(StepContext<MssqlEngine> c) {
        List<String> left = new ArrayList<>(server(c).named(names(c).prefix()));
        left.addAll(files(c).there());
        return left;
    }

    @Override
    public Verdict verify(StepContext<MssqlEngine> c) {
        List<String> left = left(c);
        return left.isEmpty()
                ? Verdict.holds()
                : Verdict.again("there are still " + String.join(", ", left) + " on "
                        + sandbox(c).target().name() + " or in " + spec(c).folder());
    }

    @Override
    public Probed probe(StepContext<MssqlEngine> c) {
        List<String> left = left(c);
        return left.isEmpty() ? Probed.done() : Probed.partial("there are still " + String.join(", ", left));
    }
}
