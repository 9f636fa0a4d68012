package io.gds.engine.mssql.internal.clone;

import io.gds.engine.mssql.internal.sql.SqlAccess;
import io.gds.engine.mssql.internal.sql.SqlName;
import io.gds.engine.mssql.internal.sql.SqlQuery;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The databases of clone tests on an instance. Thread-safe; calls block. */
final class SandboxServer {
    private static final String NAMES = "SELECT name FROM sys.databases ORDER BY name";
    private static final String SETTINGS = "SELECT state_desc, user_access_desc, is_trustworthy_on, is_broker_enabled,"
            + " is_read_only FROM sys.databases WHERE name = ?";
    private static final String WORK = "SELECT r.session_id, r.command FROM sys.dm_exec_requests r"
            + " JOIN sys.dm_exec_sessions s ON s.session_id = r.session_id"
            + " WHERE s.program_name = 'gds-database' AND r.command LIKE ?";
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final SqlAccess access;

    SandboxServer(SqlAccess access) {
        this.access = access;
    }

    /** How a database stands. */
    record Standing(String state, String users, boolean trustworthy, boolean broker, boolean readOnly) {
        boolean isOnline() {
            return state.equals("ONLINE");
        }

        boolean isIsolated() {
            return users.equals("RESTRICTED_USER") && !trustworthy && !broker;
        }
    }

    /** The databases whose names begin so, whatever the case. */
    List<String> named(String prefix) {
        String lower = prefix.toLowerCase(Locale.ROOT);
        return access.call("listing its databases", s -> SqlQuery.rows(s, NAMES, row -> row.text("name"))).stream()
                .filter(n -> n.toLowerCase(Locale.ROOT).startsWith(lower))
                .toList();
    }

    /** Empty when there is no such database. */
    Optional<Standing> standing(SqlName name) {
        return access.call(
                "reading about database " + name.plain(),
                s -> SqlQuery.first(
                        s,
                        SETTINGS,
                        row -> new Standing(
                                row.text("state_desc"),
                                row.text("user_access_desc"),
                                row.flag("is_trustworthy_on"),
                                row.flag("is_broker_enabled"),
                                row.flag("is_read_only")),
                        name.plain()));
    }

    /**
     * What this library has under way there; empty for nothing, and for what the login may not see.
     *
     * @param command what its command begins with, for example {@code BACKUP}
     */
    Optional<String> underWay(String command) {
        return access.call(
                "looking what is under way",
                s -> SqlQuery.first(
                        s, WORK, row -> row.text("command") + " in session " + row.text("session_id"), command + "%"));
    }

    /** Nobody may write to it any more; whoever is in it is put out. */
    void freeze(SqlName name) {
        if (standing(name).filter(Standing::readOnly).isEmpty()) {
            alter(name, "READ_ONLY");
        }
    }

    private void alter(SqlName name, String setting) {
        access.callAtLength("changing database " + name.plain(), LIMIT, s -> {
            SqlQuery.run(s, "ALTER DATABASE " + name.quoted() + " SET " + setting + " WITH ROLLBACK IMMEDIATE");
            return true;
        });
    }

    /** Removes one with its files; whoever is in it is put out. What was restored in part has nobody in it. */
    void drop(SqlName name) {
        access.releaseIdle();
        Optional<Standing> standing = standing(name);
        if (standing.isEmpty()) {
            return;
        }
        access.callAtLength("dropping database " + name.plain(), LIMIT, s -> {
            if (standing.get().isOnline()) {
                SqlQuery.run(s, "ALTER DATABASE " + name.quoted() + " SET SINGLE_USER WITH ROLLBACK IMMEDIATE");
            }
            SqlQuery.run(s, "DROP DATABASE " + name.quoted());
            return true;
        });
    }
}
