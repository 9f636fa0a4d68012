package io.gds.engine.mongo.sharded;

import com.mongodb.MongoCommandException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.gds.engine.mongo.wire.CommandError;
import io.gds.engine.mongo.wire.Commands;
import io.gds.engine.mongo.wire.ConnectionCut;
import io.gds.engine.mongo.wire.Handshake;
import io.gds.engine.mongo.wire.WireServer;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.bson.Document;

/**
 * Stands where {@code mongos} stands, of which there is no binary to test with; a process of its own, started and stopped as that
 * one is. It answers the handshake and passes the few commands that an upgrade needs from a router to the primary of the real
 * config servers, which is what {@code mongos} does with them too. Data goes to the first shard whole: it knows nothing of
 * chunks, and no test may conclude anything about routing from it.
 */
public final class RouterStandIn implements Commands {
    private static final Map<String, String> FORWARDED = Map.of(
            "balancerStop", "_configsvrBalancerStop",
            "balancerStart", "_configsvrBalancerStart",
            "balancerStatus", "_configsvrBalancerStatus");

    /** What belongs to the client's connection and not to ours. */
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("$db", "lsid", "txnNumber", "$clusterTime", "$readPreference");

    private static final int COMMAND_NOT_FOUND = 59;
    private static final int EVERYTHING = 1_000_000;

    private final String version;
    private final MongoClient configServers;
    private final MongoClient shard;
    private final CountDownLatch end = new CountDownLatch(1);

    private RouterStandIn(String version, Properties settings) {
        this.version = version;
        this.configServers = MongoClients.create(settings.getProperty("configServers"));
        this.shard = MongoClients.create(settings.getProperty("shard"));
    }

    /**
     * Serves until it is told to shut down.
     *
     * @param args the version to play, then {@code --config FILE}; more is ignored, as {@code --fork} is, which the script
     *     around this program sees to
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Properties settings = new Properties();
        try (Reader in = Files.newBufferedReader(Path.of(args[2]), StandardCharsets.UTF_8)) {
            settings.load(in);
        }
        RouterStandIn router = new RouterStandIn(args[0], settings);
        WireServer server = WireServer.start(Integer.parseInt(settings.getProperty("port")), router);
        Files.writeString(Path.of(settings.getProperty("ready")), "ready\n");
        router.end.await();
        server.close();
        System.exit(0);
    }

    @Override
    public Document answer(Document command) {
        String name = command.keySet().iterator().next();
        if (Handshake.asks(command)) {
            return Handshake.limits(Handshake.wireVersion(version))
                    .append("isWritablePrimary", true)
                    .append("ismaster", true)
                    .append("msg", "isdbgrid");
        }
        return switch (name) {
            case "buildInfo" -> new Document("version", version);
            case "ping", "endSessions" -> new Document();
            case "shutdown" -> {
                end.countDown();
                throw new ConnectionCut();
            }
            case "listShards" -> new Document("shards", shards());
            case "balancerStop", "balancerStart", "balancerStatus" ->
                configServers
                        .getDatabase("admin")
                        .withWriteConcern(WriteConcern.ACKNOWLEDGED)
                        .runCommand(new Document(FORWARDED.get(name), 1));
            case "setFeatureCompatibilityVersion" -> passed(configServers, command);
            case "insert" -> inserted(command);
            case "create", "listCollections", "drop" -> passed(shard, command);
            case "aggregate" -> passed(shard, command.append("cursor", new Document("batchSize", EVERYTHING)));
            default -> throw new CommandError(COMMAND_NOT_FOUND, "CommandNotFound", "no such command: '" + name + "'");
        };
    }

    private List<Document> shards() {
        return configServers
                .getDatabase("config")
                .getCollection("shards")
                .find()
                .into(new ArrayList<>());
    }

    private static Document passed(MongoClient to, Document command) {
        Document own = new Document(command);
        own.keySet().removeAll(OF_THE_CONNECTION);
        try {
            return to.getDatabase(command.getString("$db")).runCommand(own);
        } catch (MongoCommandException e) {
            throw new CommandError(e.getErrorCode(), e.getErrorCodeName(), e.getErrorMessage());
        }
    }

    /** By the driver's own way to write, which tries again as a router does. */
    private Document inserted(Document command) {
        List<Document> all = command.getList("documents", Document.class);
        shard.getDatabase(command.getString("$db"))
                .getCollection(command.getString("insert"))
                .withWriteConcern(WriteConcern.MAJORITY)
                .insertMany(all);
        return new Document("n", all.size());
    }
}
