package io.gds.engine.mssql.internal.sql;

/**
 * A node of a failover cluster as the instance on it sees it.
 *
 * @param name its name in the cluster
 * @param isUp whether it takes part
 * @param state in the server's words, for example {@code up} or {@code paused}
 * @param isOwner whether the instance runs there now
 */
public record SqlNode(String name, boolean isUp, String state, boolean isOwner) {}
