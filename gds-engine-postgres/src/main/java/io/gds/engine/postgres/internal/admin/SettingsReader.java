package io.gds.engine.postgres.internal.admin;

import io.gds.database.ConfigSetting;
import io.gds.database.ConfigSetting.TakesEffect;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.error.Nearest;
import io.gds.engine.postgres.internal.sql.Row;
import io.gds.engine.postgres.internal.sql.Session;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Reads pg_settings and what ALTER SYSTEM has written. */
final class SettingsReader {
    private static final String COLUMNS =
            "SELECT name, coalesce(current_setting(name, true), '') AS value, source, coalesce(sourcefile, '') AS sourcefile,"
                    + " context, pending_restart FROM pg_settings";
    /** pg_file_settings reads the file now; the last line for a name is the one that counts. */
    private static final String WRITTEN =
            "SELECT coalesce(setting, '') AS setting FROM pg_file_settings WHERE sourcefile LIKE '%/postgresql.auto.conf'"
                    + " AND lower(name) = lower(?) ORDER BY seqno DESC LIMIT 1";

    private static final String AUTO_FILE = "postgresql.auto.conf";

    private SettingsReader() {}

    /**
     * A setting with what is needed to change it.
     *
     * @param shown as users see it
     * @param context the server's word for when it can change
     * @param fromAutoFile whether the value in force was set by ALTER SYSTEM
     */
    record Found(ConfigSetting shown, String context, boolean fromAutoFile) {}

    static List<ConfigSetting> all(Session s) throws SQLException {
        return s.query(COLUMNS + " ORDER BY lower(name)", row -> found(row).shown());
    }

    static Optional<Found> find(Session s, String name) throws SQLException {
        return s.first(COLUMNS + " WHERE lower(name) = lower(?)", SettingsReader::found, name);
    }

    /** A setting that must be there and must be one that can change. */
    static Found changeable(Session s, String name) throws SQLException {
        Optional<Found> found = find(s, name);
        if (found.isEmpty()) {
            List<String> names = s.query("SELECT name FROM pg_settings", row -> row.text("name"));
            throw refused(
                    "there is no setting \"" + name + "\"",
                    Nearest.to(name, names)
                            .map(near -> "perhaps \"" + near + "\" is meant.")
                            .orElse("look it up in pg_settings."));
        }
        if (found.get().shown().takesEffect() == TakesEffect.NEVER) {
            throw refused("setting \"" + name + "\" cannot be changed in a cluster that exists", "leave it as it is.");
        }
        return found.get();
    }

    /** What ALTER SYSTEM wrote for a name; empty when nothing. */
    static Optional<String> written(Session s, String name) throws SQLException {
        return s.first(WRITTEN, row -> row.text("setting"), name);
    }

    static GdsDatabaseException refused(String what, String remedy) {
        return GdsDatabaseException.user("GDS-CONFIG")
                .message(what + ".")
                .remedy(remedy)
                .build();
    }

    private static Found found(Row row) throws SQLException {
        String file = row.text("sourcefile");
        ConfigSetting shown = new ConfigSetting(
                row.text("name"),
                row.text("value"),
                row.text("source"),
                takesEffect(row.text("context")),
                row.flag("pending_restart"));
        return new Found(shown, row.text("context"), file.endsWith(AUTO_FILE));
    }

    private static TakesEffect takesEffect(String context) {
        return switch (context) {
            case "internal" -> TakesEffect.NEVER;
            case "postmaster" -> TakesEffect.AFTER_RESTART;
            case "sighup" -> TakesEffect.AFTER_RELOAD;
            default -> TakesEffect.IMMEDIATELY;
        };
    }
}
