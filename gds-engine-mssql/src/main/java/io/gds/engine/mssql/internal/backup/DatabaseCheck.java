package io.gds.engine.mssql.internal.backup;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.database.spi.Cancellation;
import io.gds.engine.mssql.internal.sql.SqlAccess;
import io.gds.engine.mssql.internal.sql.SqlErrors;
import io.gds.engine.mssql.internal.sql.SqlName;
import io.gds.engine.mssql.internal.sql.SqlQuery;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Has the server look whether a database is sound, which reads all of it.
 *
 * <p>Source: DBCC CHECKDB (Transact-SQL); what it finds are errors with numbers from 2500 to 2599 and from 8900 to 8999.
 */
public final class DatabaseCheck {
    private static final int MOST = 20;

    private final SqlAccess access;

    /** Checks of the databases of an instance. */
    public DatabaseCheck(SqlAccess access) {
        this.access = access;
    }

    /**
     * What is not in order; empty when all is well. Of many findings the first twenty.
     *
     * @throws GdsDatabaseException when the check could not be made
     */
    public List<Finding> of(SqlName database) {
        return of(database, Cancellation.never());
    }

    /** The same, which somebody may break off. */
    public List<Finding> of(SqlName database, Cancellation cancellation) {
        return access.callAtLength("checking database " + database.plain(), Backups.LIMIT, cancellation, s -> {
            try {
                SqlQuery.run(s, "DBCC CHECKDB (" + database.quoted() + ") WITH NO_INFOMSGS, ALL_ERRORMSGS");
                return List.of();
            } catch (SQLException e) {
                if (!isFinding(SqlErrors.number(e))) {
                    throw e;
                }
                return findings(database, e);
            }
        });
    }

    private static List<Finding> findings(SqlName database, SQLException first) {
        List<Finding> all = new ArrayList<>();
        for (@Nullable SQLException e = first; e != null && all.size() < MOST; e = e.getNextException()) {
            all.add(Finding.block(
                    "MSSQL-CHECKDB",
                    "database " + database.plain(),
                    "error " + SqlErrors.number(e) + ", " + e.getMessage(),
                    "a database that DBCC CHECKDB has nothing to say of",
                    "restore it from a backup that is sound."));
        }
        return List.copyOf(all);
    }

    private static boolean isFinding(int number) {
        return (number >= 2500 && number < 2600) || (number >= 8900 && number < 9000);
    }
}
