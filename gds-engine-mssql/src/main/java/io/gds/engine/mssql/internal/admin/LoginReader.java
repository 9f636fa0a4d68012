package io.gds.engine.mssql.internal.admin;

import io.gds.database.DatabaseUser;
import io.gds.engine.mssql.internal.sql.SqlAccess;
import io.gds.engine.mssql.internal.sql.SqlErrors;
import io.gds.engine.mssql.internal.sql.SqlName;
import io.gds.engine.mssql.internal.sql.SqlQuery;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Logins with their roles, those in databases too, and users that have a password of their own in a contained database.
 *
 * <p>Source: sys.server_principals (types S, U, G, E and X log in; C and K only sign), sys.server_role_members, sys.server_permissions,
 * sys.database_principals (authentication type 2 has a password of its own), sys.database_role_members.
 */
final class LoginReader {
    /** A user in a database. */
    record User(String database, String name, Set<String> roles) {}

    /** What of the databases belongs to one login, and what to none. */
    record InDatabases(Map<String, List<User>> byLogin, List<User> contained) {}

    private static final String LOGINS =
            "SELECT name, is_disabled, type FROM sys.server_principals WHERE type IN ('S', 'U', 'G', 'E', 'X') ORDER BY name";
    private static final String ROLES = "SELECT m.name AS member, r.name AS role FROM sys.server_role_members rm"
            + " JOIN sys.server_principals m ON m.principal_id = rm.member_principal_id"
            + " JOIN sys.server_principals r ON r.principal_id = rm.role_principal_id";
    /** May do anything, and may not come in. */
    private static final String PERMISSIONS = "SELECT p.name, s.type, s.state FROM sys.server_permissions s"
            + " JOIN sys.server_principals p ON p.principal_id = s.grantee_principal_id"
            + " WHERE s.class = 100 AND s.type IN ('CL', 'COSQ')";

    private static final String OPEN =
            "SELECT name FROM sys.databases WHERE state_desc = 'ONLINE' AND HAS_DBACCESS(name) = 1 ORDER BY name";
    private static final String SYSADMIN = "sysadmin";
    /** Not to be read on this replica, or not by this login. */
    private static final Set<Integer> CLOSED = Set.of(916, 976, 978, 983);

    private final SqlAccess access;

    LoginReader(SqlAccess access) {
        this.access = access;
    }

    /** All that may log in; those of the server itself, {@code ##MS_...##}, are left out. */
    List<DatabaseUser> all() {
        return access.call("listing its logins", s -> {
            Map<String, Set<String>> roles = new HashMap<>();
            SqlQuery.each(s, ROLES, row -> roles.computeIfAbsent(row.text("member"), m -> new TreeSet<>())
                    .add(row.text("role")));
            Set<String> shutOut = new HashSet<>();
            Set<String> powerful = new HashSet<>();
            SqlQuery.each(s, PERMISSIONS, row -> {
                boolean denied = row.text("state").equals("D");
                if (row.text("type").equals("COSQ")) {
                    return denied && shutOut.add(row.text("name"));
                }
                return !denied && powerful.add(row.text("name"));
            });
            InDatabases inside = inDatabases(s);
            List<DatabaseUser> users = new ArrayList<>(SqlQuery.rows(s, LOGINS, row -> {
                String name = row.text("name");
                Set<String> own = new TreeSet<>(roles.getOrDefault(name, Set.of()));
                boolean administrator = own.contains(SYSADMIN) || powerful.contains(name);
                inside.byLogin().getOrDefault(name, List.of()).forEach(u -> u.roles().stream()
                        .map(r -> r + "@" + u.database())
                        .forEach(own::add));
                return new DatabaseUser(name, !row.flag("is_disabled") && !shutOut.contains(name), administrator, own);
            }));
            users.removeIf(u -> u.name().startsWith("##MS_"));
            inside.contained().stream()
                    .map(u -> new DatabaseUser(u.database() + "." + u.name(), true, false, atDatabase(u)))
                    .forEach(users::add);
            return List.copyOf(users);
        });
    }

    private static Set<String> atDatabase(User u) {
        Set<String> roles = new TreeSet<>();
        u.roles().forEach(r -> roles.add(r + "@" + u.database()));
        return roles;
    }

    /** Whether there is a login of this name, of whatever kind. */
    boolean hasLogin(String name) {
        return access.call(
                        "looking for login " + name,
                        s -> SqlQuery.first(
                                s,
                                "SELECT 1 AS one FROM sys.server_principals WHERE name = ? AND type <> 'R'",
                                row -> true,
                                name))
                .isPresent();
    }

    /** The users in databases; a database that this login cannot look into is left out. */
    InDatabases inDatabases(Statement s) throws SQLException {
        Map<String, List<User>> byLogin = new HashMap<>();
        List<User> contained = new ArrayList<>();
        for (String database : SqlQuery.rows(s, OPEN, row -> row.text("name"))) {
            try {
                inDatabase(s, new SqlName(database), byLogin, contained);
            } catch (SQLException e) {
                if (!CLOSED.contains(SqlErrors.number(e))) {
                    throw e;
                }
            }
        }
        return new InDatabases(byLogin, contained);
    }

    private static void inDatabase(Statement s, SqlName database, Map<String, List<User>> byLogin, List<User> contained)
            throws SQLException {
        String sys = database.quoted() + ".sys.";
        Map<String, Set<String>> roles = new LinkedHashMap<>();
        Map<String, Optional<String>> logins = new HashMap<>();
        SqlQuery.each(
                s,
                "SELECT u.name, u.authentication_type, l.name AS login_name, r.name AS role FROM " + sys
                        + "database_principals u"
                        + " LEFT JOIN sys.server_principals l ON l.sid = u.sid"
                        + " LEFT JOIN " + sys + "database_role_members m ON m.member_principal_id = u.principal_id"
                        + " LEFT JOIN " + sys + "database_principals r ON r.principal_id = m.role_principal_id"
                        + " WHERE u.type IN ('S', 'U', 'G', 'E', 'X') AND (l.name IS NOT NULL OR u.authentication_type = 2)"
                        + " ORDER BY u.name",
                row -> {
                    Set<String> own = roles.computeIfAbsent(row.text("name"), n -> new TreeSet<>());
                    row.optional("role").ifPresent(own::add);
                    return logins.put(row.text("name"), row.optional("login_name"));
                });
        roles.forEach((name, own) -> {
            User user = new User(database.plain(), name, own);
            Optional<String> login = logins.getOrDefault(name, Optional.empty());
            login.ifPresentOrElse(
                    l -> byLogin.computeIfAbsent(l, k -> new ArrayList<>()).add(user), () -> contained.add(user));
        });
    }
}
