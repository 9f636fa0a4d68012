package io.gds.engine.mongo.wire;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bson.Document;

/** The collections of a played set: the log of writes as far as it is looked at, and what the availability probe writes. */
final class FakeData {
    private static final long LOG_SIZE = 1_000_000;
    private static final long LOG_CAPACITY = 1_000_000_000;

    private final FakeSet set;
    private final Map<String, List<Document>> collections = new TreeMap<>();
    private final Set<String> writes = new HashSet<>();

    FakeData(FakeSet set) {
        this.set = set;
    }

    Document answer(String name, Document command, FakeMember member) {
        String collection = String.valueOf(command.get(name));
        return switch (name) {
            case "collStats" -> new Document("size", LOG_SIZE).append("maxSize", LOG_CAPACITY);
            case "find" -> cursor(List.of(logEntry(command)));
            case "aggregate" -> cursor(counted(collection, command));
            case "listCollections" -> cursor(named(command));
            default -> {
                if (!member.leads()) {
                    throw Refusals.notWritablePrimary();
                }
                set.write();
                yield write(name, collection, command);
            }
        };
    }

    private Document write(String name, String collection, Document command) {
        if (name.equals("drop")) {
            collections.remove(collection);
            return new Document();
        }
        List<Document> all = collections.computeIfAbsent(collection, c -> new ArrayList<>());
        if (name.equals("create")) {
            return new Document();
        }
        List<Document> more = command.getList("documents", Document.class);
        if (isFirst(command)) {
            all.addAll(more);
        }
        return new Document("n", more.size());
    }

    /** "Retryable Writes": what a driver sends once more, since the answer was lost, is done once. */
    private boolean isFirst(Document command) {
        return !command.containsKey("txnNumber") || writes.add(command.get("lsid") + "/" + command.get("txnNumber"));
    }

    private static Document cursor(List<Document> batch) {
        return new Document(
                "cursor", new Document("id", 0L).append("ns", "db.c").append("firstBatch", batch));
    }

    /** The newest or the oldest, which is a day older. */
    private Document logEntry(Document command) {
        boolean newest = command.get("sort", Document.class)
                        .get("$natural", Number.class)
                        .intValue()
                < 0;
        return new Document("ts", FakeViews.timestamp(newest ? set.head() : set.head() - 86_400));
    }

    private List<Document> named(Document command) {
        Object wanted = command.get("filter", Document.class).get("name");
        return new TreeSet<>(collections.keySet())
                .stream()
                        .filter(n -> n.equals(wanted))
                        .map(n -> new Document("name", n))
                        .toList();
    }

    /** How often each number of the probe is there, as it asks; there is one client. */
    private List<Document> counted(String collection, Document command) {
        Document wanted = command.getList("pipeline", Document.class)
                .get(0)
                .get("$match", Document.class)
                .get("seq", Document.class);
        Map<Long, Integer> counts = new TreeMap<>();
        for (Document d : collections.getOrDefault(collection, List.of())) {
            long seq = number(d, "seq");
            if (seq >= number(wanted, "$gte") && seq <= number(wanted, "$lte")) {
                counts.merge(seq, 1, Integer::sum);
            }
        }
        List<Document> out = new ArrayList<>();
        counts.forEach((seq, n) -> out.add(new Document("_id", seq).append("n", n)));
        return out;
    }

    private static long number(Document d, String key) {
        return d.get(key, Number.class).longValue();
    }
}
