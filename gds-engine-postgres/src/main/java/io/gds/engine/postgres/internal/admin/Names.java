package io.gds.engine.postgres.internal.admin;

import io.gds.database.error.GdsDatabaseException;
import java.nio.charset.StandardCharsets;

/** What the server would do to a name behind our back. */
final class Names {
    /** NAMEDATALEN - 1: longer names are cut, and then name something else. */
    private static final int MAX_BYTES = 63;

    private Names() {}

    /** Refuses names that the server would not take as they are. */
    static void require(String what, String name) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > MAX_BYTES || name.indexOf('\0') >= 0) {
            throw GdsDatabaseException.user("GDS-NAME")
                    .message(what + " of " + bytes + " bytes: expected 1 to " + MAX_BYTES + " without NUL.")
                    .remedy("choose another name.")
                    .build();
        }
    }
}
