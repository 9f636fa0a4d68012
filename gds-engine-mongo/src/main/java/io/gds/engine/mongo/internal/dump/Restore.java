package io.gds.engine.mongo.internal.dump;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import io.gds.database.error.GdsDatabaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Reads what {@link Dump} wrote into an empty database. */
public final class Restore {
    private final MongoDatabase database;
    private final String placeholder;

    /**
     * Into a database.
     *
     * @param placeholder the collection with which an empty database is kept
     */
    public Restore(MongoDatabase database, String placeholder) {
        this.database = database;
        this.placeholder = placeholder;
    }

    /**
     * Reads all of it. What fails on the way, such as a unique index over documents that were written while the backup was
     * made, leaves an empty database.
     *
     * @return in words, what was restored
     * @throws GdsDatabaseException with code {@code GDS-BACKUP-DAMAGED} when the directory holds no whole backup and
     *     {@code GDS-RESTORE-NOT-EMPTY} when the database is not empty; then nothing was touched
     */
    public String from(Path directory) {
        try {
            List<Content> all = manifest(directory);
            for (Content c : all) {
                check(directory, c);
            }
            requireEmpty();
            database.getCollection(placeholder).drop();
            load(directory, all);
            return all.size() + " collections and views with "
                    + all.stream().mapToLong(c -> c.held().documents()).sum() + " documents";
        } catch (IOException e) {
            throw Content.failed("cannot read the backup in", directory, e);
        }
    }

    private static List<Content> manifest(Path directory) {
        try {
            return Document.parse(Files.readString(directory.resolve(Content.MANIFEST)))
                    .getList("content", Document.class)
                    .stream()
                    .map(Content::of)
                    .toList();
        } catch (IOException | RuntimeException e) {
            throw damaged(directory + " holds no whole backup: its " + Content.MANIFEST + " is not to be read", e);
        }
    }

    private static void check(Path directory, Content c) {
        if (c.isView()) {
            return;
        }
        Path file = c.data(directory);
        try {
            BsonFile found = BsonFile.read(file, raw -> {});
            if (!found.equals(c.held())) {
                throw damaged(file + " is not what was written: found " + found + ", expected " + c.held(), null);
            }
        } catch (IOException e) {
            throw damaged(file + " is not what was written: " + e, e);
        }
    }

    private void requireEmpty() {
        List<String> there = database.listCollectionNames().into(new ArrayList<>());
        if (there.isEmpty()) {
            throw GdsDatabaseException.user("GDS-DATABASE")
                    .message("there is no database " + database.getName() + ".")
                    .remedy("create it, or correct the name.")
                    .build();
        }
        List<String> content = there.stream()
                .filter(Content::isContent)
                .filter(n -> !n.equals(placeholder)
                        || database.getCollection(n).find().first() != null)
                .sorted()
                .toList();
        if (!content.isEmpty()) {
            throw GdsDatabaseException.user("GDS-RESTORE-NOT-EMPTY")
                    .message("database " + database.getName() + " is not empty: " + content + ".")
                    .remedy("restore into a database that was just created.")
                    .build();
        }
    }

    private void load(Path directory, List<Content> all) throws IOException {
        List<String> made = new ArrayList<>();
        try {
            for (Content c : all) {
                if (!c.isView()) {
                    made.add(c.name());
                    collection(directory, c);
                }
            }
            // a view may show other views; the server does not mind which is there first
            for (Content c : all) {
                if (c.isView()) {
                    made.add(c.name());
                    create(c);
                }
            }
        } catch (IOException | RuntimeException e) {
            clear(made, e);
            throw e;
        }
    }

    private void clear(List<String> made, Exception why) {
        try {
            made.forEach(n -> database.getCollection(n).drop());
            database.createCollection(placeholder);
        } catch (MongoException e) {
            why.addSuppressed(e);
        }
    }

    private void create(Content c) {
        Document command = new Document("create", c.name());
        command.putAll(c.options());
        database.runCommand(command);
    }

    private void collection(Path directory, Content c) throws IOException {
        create(c);
        Batch batch = new Batch(database, c);
        BsonFile.read(c.data(directory), batch);
        batch.insert();
        List<Document> more = c.indexes().stream()
                .filter(i -> !"_id_".equals(i.getString("name")) && !i.getBoolean("clustered", false))
                .map(Restore::withoutNamespace)
                .toList();
        if (!more.isEmpty()) {
            database.runCommand(new Document("createIndexes", c.name()).append("indexes", more));
        }
    }

    /** Old servers wrote the name of the collection into each index, and new ones refuse it. */
    private static Document withoutNamespace(Document index) {
        Document copy = new Document(index);
        copy.remove("ns");
        return copy;
    }

    private static GdsDatabaseException damaged(String what, @Nullable Throwable cause) {
        return GdsDatabaseException.user("GDS-BACKUP-DAMAGED")
                .message(what + ".")
                .remedy("take another backup.")
                .cause(cause)
                .build();
    }
}
