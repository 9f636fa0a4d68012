package io.gds.engine.mongo.internal.dump;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.MongoDatabase;
import io.gds.database.error.GdsDatabaseException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bson.ByteBuf;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/**
 * Writes a database to a directory: each collection's documents as they are on the wire, and beside them its options and
 * indexes. Nothing is held in memory but one document. Each collection is read as it is at that time: writes that go on
 * meanwhile may be in one and not yet in another, and of those in one collection a later one may be in and an earlier one not.
 */
public final class Dump {
    private static final JsonWriterSettings EXACT =
            JsonWriterSettings.builder().outputMode(JsonMode.EXTENDED).build();

    private final MongoDatabase database;

    /** Of a database. */
    public Dump(MongoDatabase database) {
        this.database = database;
    }

    /**
     * Writes all of it.
     *
     * @return in words, what was written
     * @throws GdsDatabaseException with code {@code GDS-BACKUP-UNSUPPORTED-OBJECTS} naming what cannot be carried, before
     *     anything is written
     */
    public String into(Path directory) {
        List<Content> listed = database.listCollections().into(new ArrayList<>()).stream()
                .map(Content::listed)
                .filter(c -> Content.isContent(c.name()))
                .sorted(Comparator.comparing(Content::name))
                .toList();
        refuse(listed);
        try {
            Content.requireEmpty(directory);
            Files.createDirectories(directory);
            List<Document> written = new ArrayList<>();
            long documents = 0;
            for (Content c : listed) {
                Content content = write(directory, c);
                documents += content.held().documents();
                written.add(content.document());
            }
            Document manifest = new Document("database", database.getName()).append("content", written);
            // last: without it the directory is not a whole backup
            Files.writeString(directory.resolve(Content.MANIFEST), manifest.toJson(EXACT));
            return written.size() + " collections and views with " + documents + " documents";
        } catch (IOException e) {
            throw Content.failed("cannot write the backup to", directory, e);
        }
    }

    private static void refuse(List<Content> listed) {
        List<String> unsupported = listed.stream()
                .filter(c -> c.options().containsKey("encryptedFields"))
                .map(Content::name)
                .toList();
        if (!unsupported.isEmpty()) {
            throw GdsDatabaseException.user("GDS-BACKUP-UNSUPPORTED-OBJECTS")
                    .message("encrypted collections cannot be carried: " + unsupported + ".")
                    .remedy("back up with mongodump, or leave these out of the database.")
                    .build();
        }
    }

    private Content write(Path directory, Content listed) throws IOException {
        Content content = listed;
        if (!listed.isView()) {
            List<Document> indexes =
                    database.getCollection(listed.name()).listIndexes().into(new ArrayList<>());
            content = listed.with(indexes, documents(listed, listed.data(directory)));
        }
        Files.writeString(content.metadata(directory), content.document().toJson(EXACT));
        return content;
    }

    private BsonFile documents(Content of, Path file) throws IOException {
        MessageDigest sum = BsonFile.newSum();
        long count = 0;
        FindIterable<RawBsonDocument> found = database.getCollection(of.name(), RawBsonDocument.class)
                .find()
                .noCursorTimeout(!of.isTimeSeries()); // which is read as a view is, and that has no such option
        try (OutputStream out = new BufferedOutputStream(new DigestOutputStream(Files.newOutputStream(file), sum));
                MongoCursor<RawBsonDocument> all =
                        (of.isOrderedByKey() ? found.hintString("_id_") : found).iterator()) {
            while (all.hasNext()) {
                ByteBuf bytes = all.next().getByteBuffer();
                byte[] raw = new byte[bytes.remaining()];
                bytes.get(raw);
                out.write(raw);
                count++;
            }
        }
        return new BsonFile(count, BsonFile.hex(sum));
    }
}
