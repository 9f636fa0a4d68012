package io.gds.engine.mongo.internal.config;

/**
 * Whom we are to the servers.
 *
 * @param user a user with the roles clusterAdmin, readWriteAnyDatabase and userAdminAnyDatabase
 * @param password a secret reference
 * @param source the database that knows the user
 */
public record LoginSpec(String user, String password, String source) {}
