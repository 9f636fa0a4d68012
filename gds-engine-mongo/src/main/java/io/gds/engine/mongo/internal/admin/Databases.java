package io.gds.engine.mongo.internal.admin;

import io.gds.database.Database;
import io.gds.engine.mongo.internal.client.Answer;
import io.gds.engine.mongo.internal.client.Clients;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.bson.Document;

/** The databases of a set. Thread-safe. */
public final class Databases {
    private final Clients clients;
    private final Clock clock;

    /** Those that the primary has. */
    public Databases(Clients clients, Clock clock) {
        this.clients = clients;
        this.clock = clock;
    }

    /** All of them, the servers' own too. */
    public List<Database> all() {
        return listed().stream()
                .flatMap(d -> d.text("name").stream())
                .map(this::named)
                .toList();
    }

    /** One of a name, there or not. */
    public Database named(String name) {
        return new MongoDatabase(name, this, clients, clock);
    }

    /** How the server lists one; empty when it is not there. */
    Optional<Answer> listed(String name) {
        return listed().stream()
                .filter(d -> d.text("name").filter(name::equals).isPresent())
                .findFirst();
    }

    private List<Answer> listed() {
        return clients.askSet(new Document("listDatabases", 1)).objects("databases");
    }
}
