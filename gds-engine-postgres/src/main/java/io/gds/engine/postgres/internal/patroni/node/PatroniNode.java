package io.gds.engine.postgres.internal.patroni.node;

import io.gds.database.plan.Params;

/**
 * Patroni on one host, as found there.
 *
 * @param member the member's name in the cluster spec
 * @param unit the systemd unit
 * @param interpreter the Python that Patroni runs on
 * @param configFile its configuration file
 * @param name what Patroni calls the member
 * @param scope what Patroni calls the cluster
 * @param dataDir the server's data directory
 * @param binDir the directory of the server's programs
 * @param owner the account that owns the data directory
 * @param tags the member's tags as configured
 * @param watchdog the mode of the watchdog: off, automatic or required
 */
public record PatroniNode(
        String member,
        String unit,
        String interpreter,
        String configFile,
        String name,
        String scope,
        String dataDir,
        String binDir,
        String owner,
        Params tags,
        String watchdog) {}
