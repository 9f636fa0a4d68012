package io.gds.database.testkit.tds;

/**
 * One connection that is logged in.
 *
 * @param id the session's number, 51 and above
 * @param login who it is
 * @param database the one it is in now
 */
public record SessionInfo(int id, Login login, String database) {}
