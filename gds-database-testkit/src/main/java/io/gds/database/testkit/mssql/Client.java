package io.gds.database.testkit.mssql;

/**
 * Who sends statements to a group.
 *
 * @param application the name that the client gives itself
 * @param isCluster whether it has said that it is the external cluster
 * @param lockTimeout how long it waits for locks, in milliseconds; for ever when negative
 */
record Client(String application, boolean isCluster, long lockTimeout) {}
