package io.gds.engine.postgres.internal.patroni.api;

import static java.util.Objects.requireNonNull;

import io.gds.database.Secret;
import java.util.Optional;

/**
 * How the REST interfaces of one cluster are reached. Basic authentication and client certificates may both be on.
 *
 * @param login for basic authentication, sent with every request
 * @param tls certificates, for addresses that start with {@code https}; without it the Java runtime's own are trusted
 * @param timeouts how long answers may take
 */
public record ApiAccess(Optional<Login> login, Optional<TlsFiles> tls, ApiTimeouts timeouts) {
    /** No login, no certificates of our own, default time-outs. */
    public static final ApiAccess OPEN = new ApiAccess(Optional.empty(), Optional.empty(), ApiTimeouts.DEFAULT);

    /** Checks that no part is missing. */
    public ApiAccess {
        requireNonNull(login, "login");
        requireNonNull(tls, "tls");
        requireNonNull(timeouts, "timeouts");
    }

    /** The same, with a login. */
    public ApiAccess withLogin(String user, Secret password) {
        return new ApiAccess(Optional.of(new Login(user, password)), tls, timeouts);
    }

    /** The same, with certificates. */
    public ApiAccess withTls(TlsFiles files) {
        return new ApiAccess(login, Optional.of(files), timeouts);
    }

    /** The same, with other time-outs. */
    public ApiAccess withTimeouts(ApiTimeouts other) {
        return new ApiAccess(login, tls, other);
    }

    /**
     * A user of the REST interface.
     *
     * @param user the name, without a colon
     * @param password the password
     */
    public record Login(String user, Secret password) {
        /** Checks the name. */
        public Login {
            requireNonNull(password, "password");
            if (user.indexOf(':') >= 0) {
                throw new IllegalArgumentException("user \"" + user + "\": basic authentication allows no colon in it");
            }
        }
    }
}
