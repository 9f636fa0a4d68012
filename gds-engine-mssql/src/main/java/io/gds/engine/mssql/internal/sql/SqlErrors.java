package io.gds.engine.mssql.internal.sql;

import com.microsoft.sqlserver.jdbc.SQLServerException;
import io.gds.database.error.GdsDatabaseException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What error numbers of SQL Server mean for us. */
public final class SqlErrors {
    /** The server runs the scripts of an update and lets nobody in but administrators on their own connection. */
    public static final int SCRIPT_UPGRADE = 18401;
    /** The replica is not ready to become primary. */
    public static final int NOT_READY_FOR_FAILOVER = 41142;

    private static final int LOGIN_FAILED = 18456;
    private static final int NO_DATABASE = 4060;
    private static final String CANCELLED = "HY008";

    /** Numbers after which the same statement may do better later. */
    private static final Set<Integer> PASSING =
            Set.of(SCRIPT_UPGRADE, 1205, 1222, 35250, 922, 983, 988, 976, 978, 35239, 41131, 41144, 41152, 904);

    private static final Map<Integer, String> REMEDIES = Map.ofEntries(
            Map.entry(LOGIN_FAILED, "check the login and the secret that the target names."),
            Map.entry(SCRIPT_UPGRADE, "wait: the server upgrades its system databases after an update."),
            Map.entry(NO_DATABASE, "check that the database is there and the login may use it."),
            Map.entry(
                    NOT_READY_FOR_FAILOVER, "wait until every database of the group is synchronized on that replica."),
            Map.entry(35250, "check that the primary's endpoint can be reached from this replica."),
            Map.entry(229, "give the login the permission that the message names."),
            Map.entry(300, "give the login VIEW SERVER STATE, from 2022 on VIEW SERVER PERFORMANCE STATE."),
            Map.entry(3101, "end the sessions in the database first; processes() names them."),
            Map.entry(3702, "end the sessions in the database first; processes() names them."),
            Map.entry(3752, "take the database out of its availability group first."),
            Map.entry(3201, "check that the server's own account may use that folder; it is a folder of the server's."),
            Map.entry(15003, "make the login a member of securityadmin, from 2022 on give it VIEW ANY ERROR LOG."),
            Map.entry(15174, "give those databases another owner first."),
            Map.entry(15434, "end the sessions of that login first; processes() names them."));

    private SqlErrors() {}

    /** An error of the server or of the way to it, as ours. */
    public static GdsDatabaseException of(String target, String what, SQLException e) {
        int number = number(e);
        GdsDatabaseException.Builder out = GdsDatabaseException.environment(code(e))
                .message(target + ": " + what + ": " + said(e))
                .remedy(Optional.ofNullable(REMEDIES.get(number))
                        .orElse(
                                isConnection(e)
                                        ? "check that the instance runs and its port can be reached."
                                        : isSlow(e)
                                                ? "see what it is busy with; it is asked again."
                                                : "read what the server says."))
                .cause(e);
        return (isConnection(e) || isSlow(e) || PASSING.contains(number) ? out.retryable() : out).build();
    }

    private static String code(SQLException e) {
        if (isConnection(e)) {
            return "MSSQL-UNREACHABLE";
        }
        return isSlow(e) ? "MSSQL-SLOW" : "MSSQL-" + number(e);
    }

    /** Whether the driver gave up waiting for the answer: the server may have done it or not. */
    private static boolean isSlow(SQLException e) {
        return number(e) == 0 && CANCELLED.equals(e.getSQLState());
    }

    private static String said(SQLException e) {
        String message = String.valueOf(e.getMessage()).strip();
        return (number(e) == 0 ? "" : "error " + number(e) + ", ") + message;
    }

    /**
     * The same error, without a secret that the statement held, and without the driver's own exception.
     *
     * @param secret what nobody may see
     */
    public static SQLException without(String secret, SQLException e) {
        String message = String.valueOf(e.getMessage()).replace(secret, "***");
        return new SQLException(message.replace(secret.replace("'", "''"), "***"), e.getSQLState(), number(e));
    }

    /** The server's number; 0 when the error is none of the server's. */
    public static int number(SQLException e) {
        if (e instanceof SQLServerException s && s.getSQLServerError() != null) {
            return s.getSQLServerError().getErrorNumber();
        }
        return e.getErrorCode();
    }

    /** Whether the connection is gone, or never was. */
    public static boolean isConnection(SQLException e) {
        String state = e.getSQLState();
        return number(e) == 0 && (state == null || state.startsWith("08"));
    }
}
