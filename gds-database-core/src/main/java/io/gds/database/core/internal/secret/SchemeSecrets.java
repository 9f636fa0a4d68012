package io.gds.database.core.internal.secret;

import io.gds.database.Secret;
import io.gds.database.core.internal.services.Services;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.SecretSource;
import io.gds.database.spi.Secrets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Hands each reference to the source of its scheme; caches nothing. Thread-safe. */
public final class SchemeSecrets implements Secrets {
    private final Map<String, SecretSource> sources;

    private SchemeSecrets(Map<String, SecretSource> sources) {
        this.sources = sources;
    }

    /** {@code env}, {@code file} and every source that plugins bring. */
    public static SchemeSecrets of(Services<SecretSource> plugins) {
        return of(plugins, System.getenv());
    }

    static SchemeSecrets of(Services<SecretSource> plugins, Map<String, String> environment) {
        List<SecretSource> own = List.of(new EnvSecrets(environment), new FileSecrets());
        return new SchemeSecrets(
                plugins.plus(SecretSource.class, own, SecretSource::scheme).found());
    }

    /** The schemes that can be resolved, sorted. */
    public Set<String> schemes() {
        return new TreeSet<>(sources.keySet());
    }

    @Override
    public Secret resolve(String reference) {
        int colon = reference.indexOf(':');
        SecretSource source = colon < 0 ? null : sources.get(reference.substring(0, colon));
        if (source == null) {
            // What has no known scheme may be the secret itself, so it is not shown.
            throw SecretErrors.refused(
                    "***",
                    "it is not a reference of a known scheme, which are " + schemes(),
                    "write a reference such as env:NAME or file:/path, or add the jar of the secret source.");
        }
        try {
            Secret secret = source.resolve(reference.substring(colon + 1));
            if (secret != null) {
                return secret;
            }
        } catch (GdsDatabaseException e) {
            if (e.code().equals(SecretErrors.CODE)) {
                throw e;
            }
            throw GdsDatabaseException.environment(SecretErrors.CODE)
                    .message("secret " + reference + " cannot be resolved.")
                    .remedy(e.remedy())
                    .cause(e)
                    .build();
        } catch (RuntimeException e) {
            // Not as the cause: a driver's message may quote the value.
            throw SecretErrors.refused(
                    reference,
                    Services.origin(source) + " threw " + e.getClass().getName(),
                    "check that secret store.");
        }
        throw SecretErrors.refused(
                reference, Services.origin(source) + " returned nothing", "report this to the author of the source.");
    }
}
