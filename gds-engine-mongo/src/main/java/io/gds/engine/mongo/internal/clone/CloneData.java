package io.gds.engine.mongo.internal.clone;

import io.gds.engine.mongo.internal.client.Answer;
import io.gds.engine.mongo.internal.client.Clients;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bson.Document;

/** The users' data on one member, as that very member has it. */
final class CloneData {
    /** What the servers keep for themselves, and change by themselves. */
    private static final Set<String> OF_THE_SERVER = Set.of("local", "config", "admin");

    private final Clients clients;
    private final String member;

    CloneData(Clients clients, String member) {
        this.clients = clients;
        this.member = member;
    }

    private Answer ask(String database, Document command) {
        return clients.ask(member, database, command);
    }

    List<String> databases() {
        return clients
                .ask(member, new Document("listDatabases", 1).append("nameOnly", true))
                .objects("databases")
                .stream()
                .flatMap(d -> d.text("name").stream())
                .filter(n -> !OF_THE_SERVER.contains(n))
                .sorted()
                .toList();
    }

    /** All that holds documents, the buckets of time series too. */
    List<String> collections(String database) {
        List<String> out = new ArrayList<>();
        ask(
                        database,
                        new Document("listCollections", 1)
                                .append("filter", new Document("type", "collection"))
                                .append("cursor", new Document("batchSize", 1_000_000)))
                .object("cursor")
                .objects("firstBatch")
                .forEach(c -> c.text("name").ifPresent(out::add));
        return out.stream().sorted().toList();
    }

    SortedMap<String, Long> counts() {
        SortedMap<String, Long> out = new TreeMap<>();
        for (String database : databases()) {
            for (String collection : collections(database)) {
                out.put(
                        database + "." + collection,
                        ask(database, new Document("count", collection))
                                .number("n")
                                .orElse(-1));
            }
        }
        return out;
    }

    /** One hash of each database: equal data, equal hash. */
    SortedMap<String, String> hashes() {
        SortedMap<String, String> out = new TreeMap<>();
        for (String database : databases()) {
            out.put(
                    database,
                    ask(database, new Document("dbHash", 1)).text("md5").orElse("none"));
        }
        return out;
    }

    /** What the server finds wrong with a collection, every document and index looked at; empty when nothing. */
    List<String> invalid(String database, String collection) {
        Answer answer = ask(database, new Document("validate", collection).append("full", true));
        if (answer.flag("valid")) {
            return List.of();
        }
        List<String> errors = answer.texts("errors");
        return errors.isEmpty() ? List.of("not valid") : errors;
    }
}
