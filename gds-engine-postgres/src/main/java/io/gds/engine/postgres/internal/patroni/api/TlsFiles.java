package io.gds.engine.postgres.internal.patroni.api;

import static java.util.Objects.requireNonNull;

import io.gds.database.Secret;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Certificates in PEM files on this machine.
 *
 * @param ca the authorities to trust; without it the Java runtime's own
 * @param client the certificate to show when a member asks for one
 */
public record TlsFiles(Optional<Path> ca, Optional<Client> client) {
    /** Checks that no part is missing. */
    public TlsFiles {
        requireNonNull(ca, "ca");
        requireNonNull(client, "client");
    }

    /**
     * A certificate and its key.
     *
     * @param certificate the certificate, followed by intermediate ones if there are any
     * @param key the private key: PKCS#8, plain or encrypted, or PKCS#1
     * @param passphrase opens an encrypted key
     */
    public record Client(Path certificate, Path key, Optional<Secret> passphrase) {
        /** Checks that no part is missing. */
        public Client {
            requireNonNull(certificate, "certificate");
            requireNonNull(key, "key");
            requireNonNull(passphrase, "passphrase");
        }
    }
}
