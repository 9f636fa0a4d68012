package io.gds.engine.mongo.internal.admin;

import io.gds.database.DatabaseUser;
import io.gds.database.OperationResult;
import io.gds.database.Secret;
import io.gds.database.UserAdmin;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.OperationTimer;
import io.gds.engine.mongo.internal.client.Answer;
import io.gds.engine.mongo.internal.client.Clients;
import io.gds.engine.mongo.internal.client.CommandRefusedException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;

/** Users of a set. Those of the database {@code admin} go by their name alone, all others by {@code database.name}. */
public final class Users implements UserAdmin {
    private static final String HOME = "admin";
    private static final Set<String> ALL_POWERFUL = Set.of("root", "__system");
    private static final int ALREADY = 51003;
    private static final int UNKNOWN = 11;

    private final Clients clients;
    private final Clock clock;

    /** Users of a set. */
    public Users(Clients clients, Clock clock) {
        this.clients = clients;
        this.clock = clock;
    }

    @Override
    public List<DatabaseUser> users() {
        return clients.askSet(new Document("usersInfo", new Document("forAllDBs", true))).objects("users").stream()
                .map(Users::user)
                .toList();
    }

    private static DatabaseUser user(Answer a) {
        String db = a.text("db").orElse("");
        String name = a.text("user").orElse("");
        List<Answer> roles = a.objects("roles");
        boolean powerful = roles.stream()
                .anyMatch(r -> r.text("db").filter(HOME::equals).isPresent()
                        && r.text("role").filter(ALL_POWERFUL::contains).isPresent());
        return new DatabaseUser(
                db.equals(HOME) ? name : db + "." + name,
                true,
                powerful,
                roles.stream()
                        .map(r -> r.text("role").orElse("") + "@" + r.text("db").orElse(""))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** Without any role; the server hashes the password itself, so it wants a connection that is encrypted. */
    @Override
    public OperationResult createUser(String name, Secret password) {
        OperationTimer timer = OperationTimer.start(clock, "create user " + name);
        if (password.reveal().isEmpty()) {
            throw GdsDatabaseException.user("GDS-USER-PASSWORD")
                    .message("the password of user \"" + name + "\" is empty.")
                    .remedy("give a password.")
                    .build();
        }
        Document create = new Document("createUser", named(name))
                .append("pwd", password.reveal())
                .append("roles", List.of())
                .append("writeConcern", new Document("w", "majority"));
        return unless(ALREADY, HOME, create)
                ? timer.changed("created in the database admin, without any role")
                : timer.already("there is such a user already; its password was left as it is");
    }

    /** By the name under which it is listed; one of the database {@code admin} goes first. */
    @Override
    public OperationResult dropUser(String name) {
        OperationTimer timer = OperationTimer.start(clock, "drop user " + name);
        int dot = named(name).indexOf('.');
        boolean dropped = drop(HOME, name)
                || (dot > 0 && dot < name.length() - 1 && drop(name.substring(0, dot), name.substring(dot + 1)));
        return dropped ? timer.changed("dropped") : timer.already("there is no such user");
    }

    private boolean drop(String database, String name) {
        return unless(
                UNKNOWN,
                database,
                new Document("dropUser", name).append("writeConcern", new Document("w", "majority")));
    }

    private boolean unless(int refusal, String database, Document command) {
        try {
            clients.askSet(database, command);
            return true;
        } catch (CommandRefusedException e) {
            if (e.refusal() == refusal) {
                return false;
            }
            throw e;
        }
    }

    private static String named(String name) {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw GdsDatabaseException.user("GDS-NAME")
                    .message("user name: found " + name.length() + " characters, expected at least one, without NUL.")
                    .remedy("choose another name.")
                    .build();
        }
        return name;
    }
}
