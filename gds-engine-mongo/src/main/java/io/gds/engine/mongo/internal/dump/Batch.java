package io.gds.engine.mongo.internal.dump;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.InsertManyOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.bson.RawBsonDocument;

/** Documents on their way into a collection. Confined to one thread. */
final class Batch implements Consumer<byte[]> {
    private static final int MOST_DOCUMENTS = 1000;
    private static final int MOST_BYTES = 8 << 20;

    private final MongoCollection<RawBsonDocument> into;
    private final InsertManyOptions options = new InsertManyOptions();
    private final List<RawBsonDocument> waiting = new ArrayList<>();
    private int bytes;

    Batch(MongoDatabase database, Content c) {
        into = database.getCollection(c.name(), RawBsonDocument.class);
        if (c.options().containsKey("validator")) {
            // what was there was valid once, or was let pass; to ask for it where there is no need would take a role of
            // its own
            options.bypassDocumentValidation(true);
        }
    }

    @Override
    public void accept(byte[] raw) {
        if (waiting.size() == MOST_DOCUMENTS || bytes + raw.length > MOST_BYTES) {
            insert();
        }
        waiting.add(new RawBsonDocument(raw));
        bytes += raw.length;
    }

    /** Writes what waits. */
    void insert() {
        if (!waiting.isEmpty()) {
            into.insertMany(waiting, options);
        }
        waiting.clear();
        bytes = 0;
    }
}
