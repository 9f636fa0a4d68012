package io.gds.engine.mongo.internal.client;

import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCredential;
import com.mongodb.MongoException;
import com.mongodb.ReadPreference;
import com.mongodb.ServerAddress;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.connection.ClusterConnectionMode;
import com.mongodb.connection.ClusterSettings;
import com.mongodb.connection.ServerType;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.Secrets;
import io.gds.engine.mongo.internal.config.LoginSpec;
import io.gds.engine.mongo.internal.config.MemberSpec;
import io.gds.engine.mongo.internal.config.MongoSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** One client of each member, asked directly and whatever its role, and one of the whole set. Thread-safe. */
public final class Clients implements AutoCloseable {
    /** The code of the exception when an arbiter, where servers ask for a login, keeps something to itself. */
    public static final String ARBITER = "MONGO-ARBITER";

    private static final Duration HEARTBEAT = Duration.ofMillis(500);

    private final MongoSpec spec;
    private final Secrets secrets;
    private final Map<String, MongoClient> direct = new ConcurrentHashMap<>();
    private @Nullable MongoClient whole;

    /** Clients of a set; none is made before it is asked for. */
    public Clients(MongoSpec spec, Secrets secrets) {
        this.spec = spec;
        this.secrets = secrets;
    }

    /**
     * What this very member answers to an administrative command.
     *
     * @throws GdsDatabaseException with code {@code MONGO-NO-ANSWER}, retryable, when it is not to be reached, or is between two
     *     roles or about to end; with {@code MONGO-LOGIN} when it refuses us; with {@code MONGO-COMMAND} when it refuses the command
     */
    public Answer ask(String member, Document command) {
        return ask(member, "admin", command);
    }

    /** The same in another database. */
    public Answer ask(String member, String database, Document command) {
        try {
            return Answer.of(member(member).getDatabase(database).runCommand(command, ReadPreference.nearest()));
        } catch (MongoException e) {
            String asked = command.keySet().iterator().next();
            throw e.getCode() == DriverErrors.UNAUTHORIZED && isArbiter(member)
                    ? ofArbiter(member, asked, e)
                    : DriverErrors.of(member, asked, e);
        }
    }

    /** As the driver saw it, which does not log in to arbiters. */
    private boolean isArbiter(String member) {
        return member(member).getClusterDescription().getServerDescriptions().stream()
                .anyMatch(s -> s.getType() == ServerType.REPLICA_SET_ARBITER);
    }

    /** As if it was silent: no role could be granted that changes it. */
    private static GdsDatabaseException ofArbiter(String member, String command, MongoException e) {
        return GdsDatabaseException.environment(ARBITER)
                .message("arbiter " + member + " does not answer " + command + ": it knows no users.")
                .remedy("ask a member that holds data.")
                .retryable()
                .cause(e)
                .build();
    }

    /**
     * Tells a member something that may end the connection instead of being answered; whether it was obeyed is to be looked
     * up. Does nothing when it is not to be reached.
     *
     * @throws GdsDatabaseException when it answers and refuses
     */
    public void tell(String member, Document command) {
        try {
            ask(member, command);
        } catch (GdsDatabaseException e) {
            if (!e.retryable()) {
                throw e;
            }
        }
    }

    /** What the primary answers to an administrative command, found through the set's own addresses. */
    public Answer askSet(Document command) {
        return askSet("admin", command);
    }

    /** The same in another database. */
    public Answer askSet(String database, Document command) {
        try {
            return Answer.of(set().getDatabase(database).runCommand(command));
        } catch (MongoException e) {
            throw DriverErrors.of(
                    "of " + spec.name(), command.keySet().iterator().next(), e);
        }
    }

    /** Work of several calls with the set's client; what the driver throws meanwhile is told as by {@link #askSet(Document)}. */
    public <T> T withSet(String what, Function<MongoClient, T> work) {
        try {
            return work.apply(set());
        } catch (MongoException e) {
            throw DriverErrors.of("of " + spec.replicaSet(), what, e);
        }
    }

    /** The client of one member alone. */
    public MongoClient member(String name) {
        return direct.computeIfAbsent(
                name,
                n -> MongoClients.create(settings()
                        .applyToClusterSettings(c -> c.hosts(List.of(address(spec.member(n))))
                                .mode(ClusterConnectionMode.SINGLE)
                                .serverSelectionTimeout(spec.connectTimeout().toMillis(), TimeUnit.MILLISECONDS))
                        .build()));
    }

    /** The client of the whole set; it writes with {@code w: majority} and finds the primary by itself. */
    public synchronized MongoClient set() {
        MongoClient made = whole;
        if (made == null) {
            made = MongoClients.create(settings()
                    .applyToClusterSettings(this::whole)
                    .writeConcern(WriteConcern.MAJORITY)
                    .build());
            whole = made;
        }
        return made;
    }

    private void whole(ClusterSettings.Builder c) {
        c.hosts(spec.members().stream().map(Clients::address).toList()).mode(ClusterConnectionMode.MULTIPLE);
        if (!spec.isRouters()) {
            c.requiredReplicaSetName(spec.replicaSet());
        }
    }

    private MongoClientSettings.Builder settings() {
        MongoClientSettings.Builder b = MongoClientSettings.builder()
                .applicationName("gds-database")
                .applyToSocketSettings(
                        s -> s.connectTimeout(spec.connectTimeout().toMillis(), TimeUnit.MILLISECONDS))
                .applyToServerSettings(s -> s.heartbeatFrequency(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS)
                        .minHeartbeatFrequency(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS))
                .applyToSslSettings(s -> s.enabled(spec.tls()));
        spec.login().ifPresent(l -> b.credential(credential(l)));
        return b;
    }

    private MongoCredential credential(LoginSpec login) {
        return MongoCredential.createCredential(
                login.user(),
                login.source(),
                secrets.resolve(login.password()).reveal().toCharArray());
    }

    private static ServerAddress address(MemberSpec m) {
        return new ServerAddress(m.host(), m.port());
    }

    @Override
    public synchronized void close() {
        direct.values().forEach(MongoClient::close);
        direct.clear();
        if (whole != null) {
            whole.close();
            whole = null;
        }
    }
}
