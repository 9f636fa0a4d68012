package io.gds.engine.postgres.internal.config;

import java.time.Duration;
import java.util.Optional;

/**
 * How Patroni is reached, for a cluster that it runs.
 *
 * @param scope what Patroni calls the cluster, when it is to be checked
 * @param apiPort the port of the REST API on every member's host
 * @param login for calls that change something; empty when the API asks for none
 * @param tls certificates for the API; empty for plain HTTP
 * @param unit the systemd unit, when it is not to be searched for
 * @param drain how long readers are given to leave a member that is taken out of service
 */
public record PatroniSpec(
        Optional<String> scope,
        int apiPort,
        Optional<Login> login,
        Optional<Tls> tls,
        Optional<String> unit,
        Duration drain) {
    /** The API's usual port. */
    public static final int API_PORT = 8008;

    /** How long readers are given unless said. */
    public static final Duration DRAIN = Duration.ofSeconds(30);

    /**
     * A login to the API.
     *
     * @param user the name
     * @param password a reference to the password, never the password
     */
    public record Login(String user, String password) {}

    /**
     * PEM files on the machine of this process.
     *
     * @param ca who signed the members' certificates; empty for those that Java trusts
     * @param cert our certificate, when the API asks for one
     * @param key our key
     * @param keyPassword a reference to the key's password
     */
    public record Tls(Optional<String> ca, Optional<String> cert, Optional<String> key, Optional<String> keyPassword) {}
}
