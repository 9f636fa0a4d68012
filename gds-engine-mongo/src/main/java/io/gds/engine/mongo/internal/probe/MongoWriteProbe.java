package io.gds.engine.mongo.internal.probe;

import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteException;
import com.mongodb.ReadConcern;
import com.mongodb.client.MongoCollection;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.WriteProbe;
import io.gds.engine.mongo.internal.client.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bson.Document;

/**
 * One client: one document, acknowledged by a majority, and an honest answer about each. The driver sends it once more when the
 * server says that it may, as it does for every application.
 */
final class MongoWriteProbe implements WriteProbe {
    private static final long LIMIT_SECONDS = 20;
    private static final String CLIENT = "client";
    private static final String SEQ = "seq";

    private final MongoCollection<Document> collection;
    private final int client;

    MongoWriteProbe(MongoCollection<Document> collection, int client) {
        this.collection = collection.withTimeout(LIMIT_SECONDS, TimeUnit.SECONDS);
        this.client = client;
    }

    @Override
    public Ack write(long seq) {
        try {
            collection.insertOne(new Document(CLIENT, client).append(SEQ, seq));
            return Ack.COMMITTED;
        } catch (MongoInterruptedException e) {
            Thread.currentThread().interrupt();
            return Ack.UNKNOWN;
        } catch (MongoOperationTimeoutException e) {
            return Ack.UNKNOWN;
        } catch (MongoTimeoutException e) {
            return Ack.REFUSED; // no server was found to send it to
        } catch (MongoWriteException e) {
            return Ack.REFUSED; // the statement itself: it would never do anything
        } catch (MongoException e) {
            return Ack.UNKNOWN; // whoever stepped down or broke off may have written before
        }
    }

    @Override
    public Map<Long, Integer> present(long from, long to) {
        try {
            Map<Long, Integer> out = new HashMap<>();
            collection
                    .withReadConcern(ReadConcern.MAJORITY)
                    .aggregate(List.of(
                            new Document(
                                    "$match",
                                    new Document(CLIENT, client)
                                            .append(SEQ, new Document("$gte", from).append("$lte", to))),
                            new Document(
                                    "$group", new Document("_id", "$" + SEQ).append("n", new Document("$sum", 1)))))
                    .forEach(d -> {
                        Answer a = Answer.of(d);
                        out.put(a.number("_id").orElseThrow(), (int)
                                a.number("n").orElseThrow());
                    });
            return out;
        } catch (MongoException e) {
            throw GdsDatabaseException.environment("MONGO-NO-ANSWER")
                    .message("the probe's documents cannot be read: " + e.getMessage())
                    .remedy("look whether the set has a primary.")
                    .retryable()
                    .cause(e)
                    .build();
        }
    }

    /** The client belongs to the set. */
    @Override
    public void close() {}
}
