package io.gds.database.testkit.tds;

/**
 * What a server has seen since it was started.
 *
 * @param connections sockets accepted
 * @param logins sessions opened
 * @param refusedLogins logins the {@link SqlEndpoint} refused
 * @param batches requests handed to sessions; each part of a batch of prepared statements is one
 * @param attentions requests to cancel
 */
public record TdsCounts(long connections, long logins, long refusedLogins, long batches, long attentions) {}
