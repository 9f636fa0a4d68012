package io.gds.database.core.internal.secret;

import static java.util.Objects.requireNonNull;

import io.gds.database.Secret;
import io.gds.database.spi.SecretSource;
import java.util.Map;

/** {@code env:NAME}: an environment variable of this process. Thread-safe. */
final class EnvSecrets implements SecretSource {
    private final Map<String, String> environment;

    EnvSecrets(Map<String, String> environment) {
        this.environment = requireNonNull(environment, "environment");
    }

    @Override
    public String scheme() {
        return "env";
    }

    @Override
    public Secret resolve(String rest) {
        String value = environment.get(rest);
        if (value == null) {
            throw SecretErrors.refused(
                    "env:" + rest,
                    "this process has no such environment variable",
                    "set it for the process that opens the cluster.");
        }
        return Secret.of(value);
    }
}
