package io.gds.engine.mssql.internal.settings;

import io.gds.database.error.GdsDatabaseException;
import io.gds.engine.mssql.internal.sql.SqlErrors;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What is said when a setting cannot be as somebody wants it. */
final class Refusals {
    private Refusals() {}

    static GdsDatabaseException refused(String name, String why, String remedy) {
        return refused(name, why, remedy, null);
    }

    /** The server refused the value; what is about anything else goes on as it is. */
    static GdsDatabaseException orElse(String name, SQLException by) throws SQLException {
        if (!isAboutValue(by)) {
            throw by;
        }
        return refused(
                name,
                "error " + SqlErrors.number(by) + ", " + by.getMessage(),
                "give a value that the server takes.",
                by);
    }

    private static GdsDatabaseException refused(String name, String why, String remedy, @Nullable SQLException cause) {
        return GdsDatabaseException.user("GDS-CONFIG")
                .message("setting \"" + name + "\": " + why)
                .remedy(remedy)
                .cause(cause)
                .build();
    }

    /** Whether the server's word is about the value, and not about who asks or about the way there. */
    private static boolean isAboutValue(SQLException e) {
        int number = SqlErrors.number(e);
        return number == 102
                || number == 15123
                || number == 15129
                || (number >= 5800 && number < 5900)
                || (number >= 12400 && number < 12500);
    }
}
