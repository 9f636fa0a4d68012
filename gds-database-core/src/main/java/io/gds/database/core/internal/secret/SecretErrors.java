package io.gds.database.core.internal.secret;

import io.gds.database.error.GdsDatabaseException;

/** The one shape of a refused secret: it names the reference and never a value. */
final class SecretErrors {
    static final String CODE = "GDS-SECRET";

    private SecretErrors() {}

    static GdsDatabaseException refused(String reference, String why, String remedy) {
        return GdsDatabaseException.environment(CODE)
                .message("secret " + reference + " cannot be resolved: " + why + ".")
                .remedy(remedy)
                .build();
    }
}
