package io.gds.engine.mssql.internal.admin;

import io.gds.database.error.GdsDatabaseException;
import io.gds.engine.mssql.internal.sql.SqlName;

/** Names that somebody gave us. */
final class Names {
    private Names() {}

    /**
     * A name as it stands in statements.
     *
     * @param what for messages, for example {@code database name}
     * @throws GdsDatabaseException with code {@code GDS-NAME} when no object can have it
     */
    static SqlName require(String what, String name) {
        try {
            return new SqlName(name);
        } catch (IllegalArgumentException e) {
            throw GdsDatabaseException.user("GDS-NAME")
                    .message(what + ": found " + name.length() + " characters, expected 1 to 128 without NUL.")
                    .remedy("choose another name.")
                    .cause(e)
                    .build();
        }
    }
}
