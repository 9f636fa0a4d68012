package io.gds.engine.mongo.internal.dump;

import static java.util.Objects.requireNonNull;

import io.gds.database.error.GdsDatabaseException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.bson.Document;

/**
 * One collection or view in a directory.
 *
 * @param name its name
 * @param type {@code collection}, {@code timeseries} or {@code view}
 * @param options what it was created with
 * @param indexes all of its indexes, that of {@code _id} too
 * @param held its documents; none for a view
 */
record Content(String name, String type, Document options, List<Document> indexes, BsonFile held) {
    static final String MANIFEST = "gds-manifest.json";

    private static final String NAME = "collectionName";
    private static final BsonFile NOTHING = new BsonFile(0, "");
    private static final int LONGEST = 238;
    private static final int KEPT = 208;

    /** As the server lists it. */
    static Content listed(Document d) {
        return new Content(
                d.getString("name"), d.getString("type"), d.get("options", new Document()), List.of(), NOTHING);
    }

    /**
     * As a manifest has it.
     *
     * @throws ClassCastException or NullPointerException when it is none
     */
    static Content of(Document d) {
        return new Content(
                requireNonNull(d.getString(NAME)),
                requireNonNull(d.getString("type")),
                d.get("options", new Document()),
                d.getList("indexes", Document.class, List.of()),
                new BsonFile(
                        requireNonNull(d.get("documents", Number.class)).longValue(),
                        requireNonNull(d.getString("sha256"))));
    }

    Content with(List<Document> all, BsonFile written) {
        return new Content(name, type, options, all, written);
    }

    Document document() {
        return new Document(NAME, name)
                .append("type", type)
                .append("options", options)
                .append("indexes", indexes)
                .append("documents", held.documents())
                .append("sha256", held.sha256());
    }

    boolean isView() {
        return type.equals("view");
    }

    /** Its documents are shown in another way than they are kept, and have no order. */
    boolean isTimeSeries() {
        return type.equals("timeseries");
    }

    /** Whether it is to be read in the order of its keys; a capped one means the order in which it was written. */
    boolean isOrderedByKey() {
        return !isTimeSeries() && !options.getBoolean("capped", false) && !options.containsKey("clusteredIndex");
    }

    /** Whether a collection is an application's; stored functions are. */
    static boolean isContent(String collection) {
        return !collection.startsWith("system.") || collection.equals("system.js");
    }

    /** Names are escaped, and long ones cut, as mongodump does. */
    private String file() {
        String escaped = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        return escaped.length() <= LONGEST ? escaped : escaped.substring(0, KEPT) + "%24" + sum();
    }

    private String sum() {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-1").digest(name.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(sum);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-1", e);
        }
    }

    Path data(Path directory) {
        return directory.resolve(file() + ".bson");
    }

    Path metadata(Path directory) {
        return directory.resolve(file() + ".metadata.json");
    }

    /** Refuses a directory in which there is anything. */
    static void requireEmpty(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> there = Files.list(directory)) {
                if (there.findAny().isPresent()) {
                    throw GdsDatabaseException.user("GDS-BACKUP-DIRECTORY")
                            .message("directory " + directory + " is not empty.")
                            .remedy("name one that is empty or not there.")
                            .build();
                }
            }
        }
    }

    static GdsDatabaseException failed(String what, Path directory, IOException e) {
        return GdsDatabaseException.environment("GDS-FILE")
                .message(what + " " + directory + ": " + e.getClass().getSimpleName() + ", " + e.getMessage() + ".")
                .remedy("check that the directory is there, open to this process, and has room.")
                .cause(e)
                .build();
    }
}
