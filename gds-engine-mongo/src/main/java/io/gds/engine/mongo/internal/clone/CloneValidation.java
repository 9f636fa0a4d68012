package io.gds.engine.mongo.internal.clone;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.database.spi.CloneDirectory;
import io.gds.database.version.EngineVersion;
import io.gds.engine.mongo.internal.MongoEngine;
import io.gds.engine.mongo.internal.client.Answer;
import io.gds.engine.mongo.internal.config.MemberSpec;
import io.gds.engine.mongo.internal.config.MongoSpec;
import io.gds.engine.mongo.internal.upgrade.Series;
import io.gds.engine.mongo.internal.upgrade.VersionPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.bson.Document;
import org.bson.json.JsonParseException;

/**
 * Looks whether a patched clone is well: version, documents and hashes as before, every collection valid, compatibility that can
 * be raised, the owner's queries, and not a word about the set that it was copied from.
 */
final class CloneValidation {
    private static final Set<String> READ_ONLY = Set.of(
            "aggregate", "find", "count", "distinct", "listCollections", "listIndexes", "collStats", "dbStats", "ping");

    private static final VersionPath PATH = VersionPath.read();

    private final MongoSpec production;
    private final MongoEngine clone;
    private final CloneDirectory directory;
    private final CloneNote note;
    private final CloneData data;

    CloneValidation(MongoSpec production, MongoEngine clone, CloneDirectory directory, CloneNote note, CloneData data) {
        this.production = production;
        this.clone = clone;
        this.directory = directory;
        this.note = note;
        this.data = data;
    }

    List<Finding> findings(EngineVersion version, List<String> smokeQueries) {
        List<Finding> out = new ArrayList<>();
        running(version, out);
        same(note.counts(), data.counts(), "MONGO-CLONE-COUNT", "documents", out);
        same(note.hashes(), data.hashes(), "MONGO-CLONE-HASH", "the hash", out);
        valid(out);
        compatibility(version, out);
        smokeQueries.forEach(q -> smoke(q, out));
        isolated(out);
        return List.copyOf(out);
    }

    private Answer ask(Document command) {
        return clone.clients().ask(MongoCloning.MEMBER, command);
    }

    private void running(EngineVersion version, List<Finding> out) {
        String runs = ask(new Document("buildInfo", 1)).text("version").orElse("unknown");
        if (!EngineVersion.parse(runs).sameRelease(version)) {
            out.add(finding("MONGO-CLONE-VERSION", "runs " + runs, version.toString()));
        }
    }

    private static <V> void same(
            SortedMap<String, V> before, SortedMap<String, V> now, String id, String what, List<Finding> out) {
        for (Map.Entry<String, V> e : before.entrySet()) {
            V value = now.get(e.getKey());
            if (!e.getValue().equals(value)) {
                out.add(finding(id, e.getKey() + ": " + what + " " + value, what + " " + e.getValue() + ", as before"));
            }
        }
    }

    private void valid(List<Finding> out) {
        for (String database : data.databases()) {
            for (String collection : data.collections(database)) {
                List<String> wrong = data.invalid(database, collection);
                if (!wrong.isEmpty()) {
                    out.add(finding(
                            "MONGO-CLONE-INVALID",
                            database + "." + collection + ": " + wrong,
                            "a collection that validate finds in order"));
                }
            }
        }
    }

    /** It is the clone, so there is no need to try without doing it. */
    private void compatibility(EngineVersion version, List<Finding> out) {
        Series series = Series.of(version);
        Answer now = ask(new Document("getParameter", 1).append("featureCompatibilityVersion", 1))
                .object("featureCompatibilityVersion");
        if (now.text("version").filter(series.toString()::equals).isPresent() && !now.has("targetVersion")) {
            return;
        }
        Document raise = new Document("setFeatureCompatibilityVersion", series.toString());
        try {
            ask(PATH.wantsConfirm(series) ? raise.append("confirm", true) : raise);
        } catch (GdsDatabaseException e) {
            out.add(finding(
                    "MONGO-CLONE-FCV",
                    "raising the feature compatibility version to " + series + ": " + e.getMessage(),
                    "success"));
        }
    }

    private void smoke(String query, List<Finding> out) {
        Document command;
        try {
            command = Document.parse(query);
        } catch (JsonParseException e) {
            out.add(finding("MONGO-CLONE-SMOKE", query + ": " + e.getMessage(), "a command as a JSON document"));
            return;
        }
        String name =
                command.isEmpty() ? "nothing" : command.keySet().iterator().next();
        if (!READ_ONLY.contains(name) || query.contains("$out") || query.contains("$merge")) {
            out.add(finding("MONGO-CLONE-SMOKE", query, "a command that only reads: " + READ_ONLY));
            return;
        }
        try {
            clone.clients().ask(MongoCloning.MEMBER, clone.spec().database(), command);
        } catch (GdsDatabaseException e) {
            out.add(finding("MONGO-CLONE-SMOKE", query + ": " + e.getMessage(), "success"));
        }
    }

    /** A server that had anything to do with the others would have written of them. */
    private void isolated(List<Finding> out) {
        try {
            String log = Files.readString(directory.log(), StandardCharsets.UTF_8);
            for (MemberSpec m : production.members()) {
                if (log.contains(m.address())) {
                    out.add(finding(
                            "MONGO-CLONE-GOSSIP",
                            "its log speaks of " + m.name() + " at " + m.address(),
                            "not a word of the set that it was copied from"));
                }
            }
        } catch (IOException e) {
            out.add(finding("MONGO-CLONE-GOSSIP", "its log cannot be read: " + e.getMessage(), "a log"));
        }
    }

    private static Finding finding(String id, String observed, String expected) {
        return Finding.block(
                id, "clone", observed, expected, "find out what the new version does differently before patching.");
    }
}
