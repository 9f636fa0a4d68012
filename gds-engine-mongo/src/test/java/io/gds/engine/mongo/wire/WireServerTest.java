package io.gds.engine.mongo.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The listener, as the real driver finds it. */
class WireServerTest {
    private final List<Document> seen = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private final WireServer server = WireServer.start(this::answer);
    private final MongoClient client =
            MongoClients.create("mongodb://" + server.address() + "/?directConnection=true&retryWrites=true");

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private Document answer(Document command) {
        if (Handshake.asks(command)) {
            return Handshake.limits(Handshake.WIRE_7_0)
                    .append("ismaster", true)
                    .append("isWritablePrimary", true)
                    .append("setName", "rs0")
                    .append("hosts", List.of(server.address()))
                    .append("me", server.address());
        }
        seen.add(command);
        return switch (command.keySet().iterator().next()) {
            case "ping" -> new Document("from", command.getString("$db"));
            case "insert" -> insert(command);
            case "replSetStepDown" -> throw new ConnectionCut();
            default -> throw new CommandError(59, "CommandNotFound", "no such command");
        };
    }

    private Document insert(Document command) {
        if (refusals.getAndDecrement() > 0) {
            throw new CommandError(10107, "NotWritablePrimary", "not primary", "RetryableWriteError");
        }
        return new Document("n", command.getList("documents", Document.class).size());
    }

    @Test
    void answersACommandOfADatabase() {
        assertThat(client.getDatabase("shop").runCommand(new Document("ping", 1)))
                .containsEntry("from", "shop")
                .containsEntry("ok", 1.0);
    }

    @Test
    void mergesADocumentSequenceIntoTheCommand() {
        client.getDatabase("shop").getCollection("orders").insertMany(List.of(of(1), of(2), of(3)));
        assertThat(seen).singleElement().satisfies(c -> {
            assertThat(c.getString("insert")).isEqualTo("orders");
            assertThat(c.getList("documents", Document.class)).containsExactly(of(1), of(2), of(3));
        });
    }

    @Test
    void refusesWithCodeAndName() {
        assertThatThrownBy(() -> client.getDatabase("admin").runCommand(new Document("noSuch", 1)))
                .isInstanceOfSatisfying(MongoCommandException.class, e -> {
                    assertThat(e.getErrorCode()).isEqualTo(59);
                    assertThat(e.getErrorCodeName()).isEqualTo("CommandNotFound");
                });
    }

    @Test
    void passesTheLabelThatMakesTheDriverWriteOnceMore() {
        refusals.set(1);
        client.getDatabase("shop").getCollection("orders").insertOne(of(1));
        assertThat(seen).hasSize(2);
    }

    @Test
    void cutsTheConnectionAndTakesTheNextOne() {
        assertThatThrownBy(() -> client.getDatabase("admin").runCommand(new Document("replSetStepDown", 1)))
                .isInstanceOf(MongoSocketReadException.class);
        assertThat(client.getDatabase("admin").runCommand(new Document("ping", 1)))
                .containsEntry("ok", 1.0);
        assertThat(seen).extracting(c -> c.keySet().iterator().next()).containsExactly("replSetStepDown", "ping");
    }

    @Test
    void startsAgainOnItsPort() {
        client.getDatabase("admin").runCommand(new Document("ping", 1));
        server.close();
        try (WireServer again = WireServer.start(server.port(), this::answer)) {
            assertThat(again.address()).isEqualTo(server.address());
            try (MongoClient other = MongoClients.create("mongodb://" + again.address() + "/?directConnection=true")) {
                assertThat(other.getDatabase("admin").runCommand(new Document("ping", 1)))
                        .containsEntry("ok", 1.0);
            }
        }
    }

    private static Document of(int id) {
        return new Document("_id", id);
    }
}
