package io.gds.engine.mongo.internal.admin;

import io.gds.database.Database;
import io.gds.database.DatabaseMetadata;
import io.gds.database.OperationResult;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.OperationTimer;
import io.gds.engine.mongo.internal.client.Answer;
import io.gds.engine.mongo.internal.client.Clients;
import io.gds.engine.mongo.internal.dump.Dump;
import io.gds.engine.mongo.internal.dump.Restore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.bson.Document;

/**
 * One database of a set, there or not. The servers keep no empty ones: a new one begins with an empty collection of the name
 * {@value #FIRST}, which is dropped when something is restored into it.
 */
final class MongoDatabase implements Database {
    static final String FIRST = "gds_empty";

    /** What the server takes on any platform. */
    private static final Pattern NAME = Pattern.compile("[^/\\\\. \"$*<>:|?\\x00]+");

    private static final int LONGEST = 63;
    private static final Set<String> SERVERS_OWN = Set.of("admin", "config", "local");

    private final String name;
    private final Databases databases;
    private final Clients clients;
    private final Clock clock;

    MongoDatabase(String name, Databases databases, Clients clients, Clock clock) {
        if (!NAME.matcher(name).matches() || name.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            throw GdsDatabaseException.user("GDS-NAME")
                    .message("database name: found \"" + name + "\", expected 1 to 63 bytes of UTF-8 without blanks and"
                            + " without any of /\\.\"$*<>:|?")
                    .remedy("choose another name.")
                    .build();
        }
        this.name = name;
        this.databases = databases;
        this.clients = clients;
        this.clock = clock;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean exists() {
        return databases.listed(name).isPresent();
    }

    @Override
    public OperationResult create() {
        OperationTimer timer = OperationTimer.start(clock, "create database " + name);
        if (exists()) {
            return timer.already("there is such a database already");
        }
        clients.askSet(name, new Document("create", FIRST).append("writeConcern", new Document("w", "majority")));
        return timer.changed("created, with the empty collection " + FIRST);
    }

    /**
     * Sessions have no database here, so none keeps it from being dropped.
     *
     * @throws GdsDatabaseException with code {@code GDS-DATABASE} for the servers' own; the server itself would give {@code config}
     *     away, and with it what it knows of writes that are retried
     */
    @Override
    public OperationResult drop() {
        OperationTimer timer = OperationTimer.start(clock, "drop database " + name);
        if (SERVERS_OWN.contains(name)) {
            throw GdsDatabaseException.user("GDS-DATABASE")
                    .message("database " + name + " is the servers' own and is not dropped.")
                    .remedy("name a database of an application.")
                    .build();
        }
        if (!exists()) {
            return timer.already("there is no such database");
        }
        clients.askSet(name, new Document("dropDatabase", 1).append("writeConcern", new Document("w", "majority")));
        return timer.changed("dropped");
    }

    /**
     * Made while writes go on it is no point of time: see {@link Dump}. Users and roles are not of the database but of the set,
     * and stay out.
     */
    @Override
    public OperationResult backup(Path directory) {
        OperationTimer timer = OperationTimer.start(clock, "back up database " + name);
        if (!exists()) {
            throw missing();
        }
        return timer.changed(clients.withSet("a backup", s -> new Dump(s.getDatabase(name)).into(directory)));
    }

    @Override
    public OperationResult restore(Path directory) {
        OperationTimer timer = OperationTimer.start(clock, "restore database " + name);
        return timer.changed(
                clients.withSet("a restore", s -> new Restore(s.getDatabase(name), FIRST).from(directory)));
    }

    @Override
    public DatabaseMetadata metadata() {
        Answer listed = databases.listed(name).orElseThrow(this::missing);
        Answer stats = clients.askSet(name, new Document("dbStats", 1));
        Map<String, String> attributes = new TreeMap<>();
        for (String key : new String[] {"collections", "views", "objects", "indexes", "dataSize", "indexSize"}) {
            stats.number(key).ifPresent(n -> attributes.put(key, Long.toString(n)));
        }
        return new Facts(name, listed.number("sizeOnDisk"), attributes);
    }

    private GdsDatabaseException missing() {
        return GdsDatabaseException.user("GDS-DATABASE")
                .message("there is no database " + name + ".")
                .remedy("create it, or correct the name.")
                .build();
    }

    /** The servers know neither an owner nor a birthday, and collation is a matter of each collection. */
    private record Facts(String name, OptionalLong sizeBytes, Map<String, String> attributes)
            implements DatabaseMetadata {
        Facts {
            attributes = Map.copyOf(attributes);
        }

        @Override
        public String owner() {
            return "";
        }

        @Override
        public Optional<Instant> createdAt() {
            return Optional.empty();
        }

        @Override
        public String collation() {
            return "";
        }
    }
}
