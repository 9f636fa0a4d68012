package io.gds.engine.postgres.internal.admin;

import io.gds.database.DatabaseUser;
import io.gds.database.OperationResult;
import io.gds.database.Secret;
import io.gds.database.UserAdmin;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.OperationTimer;
import io.gds.engine.postgres.internal.sql.Connections;
import io.gds.engine.postgres.internal.sql.Identifier;
import io.gds.engine.postgres.internal.sql.Literal;
import io.gds.engine.postgres.internal.sql.Session;
import io.gds.engine.postgres.internal.sql.SqlErrors;
import io.gds.engine.postgres.internal.sql.SqlText;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.postgresql.util.PasswordUtil;

/** Roles as users; the predefined pg_* roles are not listed. */
public final class RoleUserAdmin implements UserAdmin {
    private static final String USERS =
            """
            SELECT r.rolname, r.rolcanlogin, r.rolsuper,
                   ARRAY(SELECT g.rolname::text FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
                          WHERE m.member = r.oid ORDER BY 1) AS groups
              FROM pg_roles r WHERE r.rolname NOT LIKE 'pg\\_%' ORDER BY 1
            """;
    private static final String DUPLICATE = "42710";
    private static final String UNDEFINED = "42704";
    /** What the server itself uses. */
    private static final int ITERATIONS = 4096;

    private static final int SALT_BYTES = 16;

    private final Connections connections;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** Users of a cluster. */
    public RoleUserAdmin(Connections connections, Clock clock) {
        this.connections = connections;
        this.clock = clock;
    }

    @Override
    public List<DatabaseUser> users() {
        return connections.onPrimary(s -> s.query(
                USERS,
                row -> new DatabaseUser(
                        row.text("rolname"),
                        row.flag("rolcanlogin"),
                        row.flag("rolsuper"),
                        Set.copyOf(row.texts("groups")))));
    }

    @Override
    public OperationResult createUser(String name, Secret password) {
        OperationTimer timed = OperationTimer.start(clock, "create user " + name);
        Names.require("user name", name);
        if (password.reveal().isEmpty()) {
            throw GdsDatabaseException.user("GDS-USER-PASSWORD")
                    .message("the password of user \"" + name + "\" is empty, with which nobody can log in.")
                    .remedy("give a password.")
                    .build();
        }
        SqlText create =
                SqlText.of("CREATE ROLE {} LOGIN PASSWORD {}", Identifier.of(name), Literal.secret(verifier(password)));
        boolean created = connections.onPrimary(s -> unless(DUPLICATE, s, create));
        return created
                ? timed.changed("created, may log in")
                : timed.already("there is such a role already; its password was left as it is");
    }

    @Override
    public OperationResult dropUser(String name) {
        OperationTimer timed = OperationTimer.start(clock, "drop user " + name);
        Names.require("user name", name);
        SqlText drop = SqlText.of("DROP ROLE {}", Identifier.of(name));
        boolean dropped = connections.onPrimary(s -> unless(UNDEFINED, s, drop));
        return dropped ? timed.changed("dropped") : timed.already("there is no such role");
    }

    private static boolean unless(String state, Session session, SqlText sql) throws SQLException {
        try {
            session.execute(sql);
            return true;
        } catch (SQLException e) {
            if (SqlErrors.state(e).equals(state)) {
                return false;
            }
            throw e;
        }
    }

    /** Made here, so that the password itself neither travels nor reaches the server's log. */
    private String verifier(Secret password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return PasswordUtil.encodeScramSha256(password.reveal().toCharArray(), ITERATIONS, salt);
    }
}
