package io.gds.database.testkit.mssql;

import io.gds.database.testkit.tds.SqlColumn;
import io.gds.database.testkit.tds.SqlFailure;
import io.gds.database.testkit.tds.SqlOutcome;
import io.gds.database.testkit.tds.SqlType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The log of the server: {@code sp_readerrorlog}, with the running log as number 0.
 *
 * <p>Source: sp_readerrorlog (Transact-SQL); an archive that is not there is error 22004 of the procedure behind it.
 */
final class ErrorLogStatements {
    private static final int NO_FILE = 22004;

    private final ServerCatalogue all;

    ErrorLogStatements(ServerCatalogue all) {
        this.all = all;
    }

    void register(ServerStatements to) {
        to.know("EXEC sys\\.sp_readerrorlog @p1 = (\\d{1,4})", (m, c) -> read(Integer.parseInt(m.group(1))));
    }

    private List<SqlOutcome> read(int log) throws SqlFailure {
        if (log >= all.logs.size()) {
            throw new SqlFailure(
                    NO_FILE, 1, 12, "xp_readerrorlog() returned error 2, 'The system cannot find the file specified.'");
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        all.logs.get(log).forEach(l -> rows.add(Arrays.asList(l.at(), l.process(), l.text())));
        return List.of(new SqlOutcome.Rows(
                List.of(
                        new SqlColumn("LogDate", SqlType.DATETIME),
                        new SqlColumn("ProcessInfo", SqlType.nvarchar(50)),
                        new SqlColumn("Text", SqlType.NVARCHAR_MAX)),
                rows));
    }
}
