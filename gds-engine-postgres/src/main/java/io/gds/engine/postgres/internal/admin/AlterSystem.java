package io.gds.engine.postgres.internal.admin;

import io.gds.engine.postgres.internal.admin.SettingsReader.Found;
import io.gds.engine.postgres.internal.sql.Identifier;
import io.gds.engine.postgres.internal.sql.Literal;
import io.gds.engine.postgres.internal.sql.Session;
import io.gds.engine.postgres.internal.sql.SqlText;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;

/** One change of one setting on one member, loaded and looked at again. */
final class AlterSystem {
    /** The server sleeps, not we: at most 5 s in all for the postmaster's signal to reach this session. */
    private static final String PAUSE = "SELECT pg_sleep(0.05)::text AS paused";

    private static final int PAUSES = 100;

    private AlterSystem() {}

    /** Writes a value, or removes what was written when there is none; then loads it. */
    static void write(Session s, String name, Optional<String> value) throws SQLException {
        SqlText setting = identifier(name);
        if (value.isEmpty()) {
            s.execute(SqlText.of("ALTER SYSTEM RESET {}", setting));
        } else {
            s.execute(SqlText.of("ALTER SYSTEM SET {} = {}", setting, Literal.of(value.get())));
            // A list of names given as one string is taken for one name. No view tells which settings are lists of
            // names,
            // but what was written does; nothing is loaded yet.
            if (SettingsReader.written(s, name).equals(Optional.of(quoted(value.get())))) {
                s.execute(SqlText.of("ALTER SYSTEM SET {} = {}", setting, names(value.get())));
            }
        }
        String before = loadTime(s);
        s.execute(SqlText.of("SELECT pg_reload_conf()"));
        for (int i = 0; i < PAUSES && loadTime(s).equals(before); i++) {
            s.one(PAUSE, row -> row.text("paused"));
        }
    }

    /** In words, when what is written now is in force. */
    static String effect(Session s, String name, boolean expectFile) throws SQLException {
        Found now = SettingsReader.changeable(s, name);
        if (now.shown().pendingRestart()) {
            return "in force after a restart";
        }
        if (expectFile && !now.fromAutoFile()) {
            return "written, but the value from \"" + now.shown().source() + "\" goes before it";
        }
        return switch (now.context()) {
            case "backend", "superuser-backend" -> "in force for new sessions";
            default -> "in force now: " + now.shown().value();
        };
    }

    private static String loadTime(Session s) throws SQLException {
        return s.one("SELECT pg_conf_load_time()::text AS t", row -> row.text("t"));
    }

    private static SqlText identifier(String name) {
        return SqlText.of("{}", new Identifier(Arrays.asList(name.split("\\.", -1))));
    }

    private static String quoted(String value) {
        return '"' + value.replace("\"", "\"\"") + '"';
    }

    private static SqlText names(String value) {
        return SqlText.list(Arrays.stream(value.split(",", -1))
                .map(part -> Literal.of(unquoted(part.strip())))
                .toList());
    }

    private static String unquoted(String part) {
        boolean quoted = part.length() > 1 && part.startsWith("\"") && part.endsWith("\"");
        return quoted ? part.substring(1, part.length() - 1).replace("\"\"", "\"") : part;
    }
}
