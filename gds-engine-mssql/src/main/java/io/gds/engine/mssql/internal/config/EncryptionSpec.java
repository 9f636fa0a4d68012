package io.gds.engine.mssql.internal.config;

import io.gds.database.spi.SpecFields;
import java.util.Optional;
import java.util.Set;

/**
 * How connections to instances are kept from others' eyes.
 *
 * @param mode {@code strict} (TLS before anything else, 2022 and later), {@code true}, or {@code false} (the login packet only)
 * @param trustStore a file of this machine with the certificates to trust; empty for those of the Java platform
 * @param trustStorePassword the reference of its password
 * @param hostName the name that certificates carry where it is not that of the server
 * @param trustAny whether any certificate will do, which protects from nobody who can get in between
 */
public record EncryptionSpec(
        String mode,
        Optional<String> trustStore,
        Optional<String> trustStorePassword,
        Optional<String> hostName,
        boolean trustAny) {
    private static final Set<String> MODES = Set.of("strict", "true", "false");
    private static final EncryptionSpec USUAL =
            new EncryptionSpec("true", Optional.empty(), Optional.empty(), Optional.empty(), false);

    static EncryptionSpec read(SpecFields spec) {
        return spec.optionalObject("encryption").map(EncryptionSpec::of).orElse(USUAL);
    }

    private static EncryptionSpec of(SpecFields f) {
        f.only("mode", "trustStore", "trustStorePassword", "hostName", "trustAny");
        String mode = f.optionalText("mode").orElse("true");
        if (!MODES.contains(mode)) {
            f.wrong("mode", "\"" + mode + "\"", "\"strict\", \"true\" or \"false\"");
        }
        return new EncryptionSpec(
                mode,
                f.optionalText("trustStore"),
                f.has("trustStorePassword") ? Optional.of(f.secret("trustStorePassword")) : Optional.empty(),
                f.optionalText("hostName"),
                f.flag("trustAny", false));
    }
}
