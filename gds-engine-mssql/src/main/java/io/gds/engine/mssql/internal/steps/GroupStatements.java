package io.gds.engine.mssql.internal.steps;

import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.sql.SqlName;
import io.gds.engine.mssql.internal.sql.SqlQuery;

/**
 * What is said to instances about their groups.
 *
 * <p>Source: ALTER AVAILABILITY GROUP (Transact-SQL), ALTER DATABASE SET HADR.
 */
final class GroupStatements {
    private final MssqlEngine engine;

    GroupStatements(MssqlEngine engine) {
        this.engine = engine;
    }

    /** Makes the replica of an instance primary; the server refuses when anything would be lost. */
    void failOver(String target, String group) {
        run(target, "failing over " + group, alter(group) + "FAILOVER");
    }

    /** Makes the replica of an instance primary in a group without a cluster, whose former primary has stepped down. */
    void takeOver(String target, String group) {
        run(target, "taking over " + group, alter(group) + "FORCE_FAILOVER_ALLOW_DATA_LOSS");
    }

    /** Makes the primary of a group without a cluster a secondary. */
    void stepDown(String primary, String group) {
        run(primary, "stepping down in " + group, alter(group) + "SET (ROLE = SECONDARY)");
    }

    /** Stops the data of a database on the way to an instance. */
    void suspend(String target, String database) {
        run(target, "suspending " + database, "ALTER DATABASE " + new SqlName(database).quoted() + " SET HADR SUSPEND");
    }

    /** Lets them move again. */
    void resume(String target, String database) {
        run(target, "resuming " + database, "ALTER DATABASE " + new SqlName(database).quoted() + " SET HADR RESUME");
    }

    /** Sets something for a replica, or for the group; said to its primary. */
    void set(String primary, Setting setting) {
        String statement = setting.replica().isEmpty()
                ? alter(setting.group()) + "SET (" + setting.option() + " = " + setting.value() + ")"
                : alter(setting.group()) + "MODIFY REPLICA ON " + literal(setting.replica()) + " WITH ("
                        + setting.option() + " = " + setting.value() + ")";
        run(primary, "setting " + setting, statement);
    }

    private static String alter(String group) {
        return "ALTER AVAILABILITY GROUP " + new SqlName(group).quoted() + " ";
    }

    /** A name as a text: these statements take no parameters. */
    private static String literal(String text) {
        return "N'" + text.replace("'", "''") + "'";
    }

    private void run(String target, String what, String statement) {
        engine.access(target).call(what, s -> {
            SqlQuery.run(s, statement);
            return true;
        });
    }
}
