package io.gds.database.testkit.mssql;

import io.gds.database.testkit.tds.SqlFailure;

/**
 * Why a database of a group is not to be opened, or not to be written to.
 *
 * <p>Source: Database Engine events and errors.
 */
final class AccessErrors {
    private static final int DENIED = 14;

    private AccessErrors() {}

    /** 976: this replica lets nobody read. */
    static SqlFailure notReadable(String database) {
        return new SqlFailure(
                976,
                1,
                DENIED,
                "The target database, '" + database
                        + "', is participating in an availability group and is currently not"
                        + " accessible for queries. Either data movement is suspended or the availability replica is not enabled"
                        + " for read access.");
    }

    /** 978: this replica lets those read who say that they only read. */
    static SqlFailure onlyReadIntent(String database) {
        return new SqlFailure(
                978,
                1,
                DENIED,
                "The target database ('" + database + "') is in an availability group and is currently accessible for"
                        + " connections when the application intent is set to read only.");
    }

    /** 983: the replica is neither primary nor secondary. */
    static SqlFailure resolving(String database) {
        return new SqlFailure(
                983,
                1,
                DENIED,
                "Unable to access availability database '" + database
                        + "' because the database replica is not in the PRIMARY" + " or SECONDARY role.");
    }

    /** 988: the cluster has no quorum. */
    static SqlFailure noQuorum(String database) {
        return new SqlFailure(
                988,
                1,
                DENIED,
                "Unable to access database '" + database
                        + "' because it lacks a quorum of nodes for high availability.");
    }

    /** 922: the replica has just become primary. */
    static SqlFailure recovering(String database) {
        return new SqlFailure(
                922, 1, DENIED, "Database '" + database + "' is being recovered. Waiting until recovery is finished.");
    }

    /** 3906: nobody writes on a secondary. */
    static SqlFailure readOnly(String database) {
        return new SqlFailure(
                3906, 2, 16, "Failed to update database \"" + database + "\" because the database is read-only.");
    }

    /** 208: there is no such table. */
    static SqlFailure noTable(String table) {
        return new SqlFailure(208, 1, 16, "Invalid object name '" + table + "'.");
    }

    /** 3701: there is no such table to drop. */
    static SqlFailure noTableToDrop(String table) {
        return new SqlFailure(
                3701,
                5,
                11,
                "Cannot drop the table '" + table + "', because it does not exist or you do not have permission.");
    }

    /** 2714: there is one of that name. */
    static SqlFailure tableExists(String table) {
        return new SqlFailure(2714, 6, 16, "There is already an object named '" + table + "' in the database.");
    }

    /** 2627: there is one already. */
    static SqlFailure duplicate(String table, long value) {
        return new SqlFailure(
                2627,
                1,
                14,
                "Violation of PRIMARY KEY constraint. Cannot insert duplicate key in object 'dbo." + table
                        + "'. The duplicate key value is (" + value + ").");
    }
}
