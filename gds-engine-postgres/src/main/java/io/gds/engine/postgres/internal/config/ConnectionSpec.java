package io.gds.engine.postgres.internal.config;

import java.time.Duration;

/**
 * How to log in.
 *
 * @param database the application's database
 * @param user the role
 * @param password a reference to the password, never the password
 * @param sslMode the driver's word
 * @param connectTimeout how long one connect may take
 */
public record ConnectionSpec(String database, String user, String password, String sslMode, Duration connectTimeout) {}
