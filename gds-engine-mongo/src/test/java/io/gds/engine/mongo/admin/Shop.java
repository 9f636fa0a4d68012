package io.gds.engine.mongo.admin;

import com.mongodb.client.MongoDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.BsonRegularExpression;
import org.bson.BsonTimestamp;
import org.bson.BsonUndefined;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.types.Binary;
import org.bson.types.Code;
import org.bson.types.CodeWithScope;
import org.bson.types.Decimal128;
import org.bson.types.MaxKey;
import org.bson.types.MinKey;
import org.bson.types.ObjectId;
import org.bson.types.Symbol;

/** A database that has some of everything, and what can be seen of one. */
final class Shop {
    static final String ODD_NAME = "odd näme/%25 with:many*things?\"'";
    static final int BIG = 15 << 20;

    private Shop() {}

    static void fill(MongoDatabase db) {
        db.getCollection("types").insertMany(List.of(everyType(), new Document("_id", 2).append("$", 1)));
        db.createCollection("empty");
        db.getCollection(ODD_NAME).insertOne(new Document("_id", "x"));
        db.getCollection("ü".repeat(100)).insertOne(new Document("_id", "long"));
        db.getCollection("big").insertOne(new Document("_id", 1).append("b", new Binary(new byte[BIG])));
        db.getCollection("system.js").insertOne(new Document("_id", "one").append("value", new Code("function(){}")));
        run(db, "{create: 'capped', capped: true, size: 8192, max: 3}");
        for (int i = 9; i > 0; i--) {
            db.getCollection("capped").insertOne(new Document("_id", i));
        }
        run(db, "{create: 'clustered', clusteredIndex: {key: {_id: 1}, unique: true, name: 'own key'}}");
        db.getCollection("clustered").insertOne(new Document("_id", 1));
        run(db, "{create: 'german', collation: {locale: 'de', strength: 1}}");
        db.getCollection("german").insertMany(List.of(new Document("_id", "ä"), new Document("_id", "z")));
        run(
                db,
                "{create: 'strict', validator: {$jsonSchema: {required: ['a'], properties: {a: {bsonType: 'int'}}},"
                        + " b: {$not: {$regex: '^x', $options: 'i'}}}, validationLevel: 'moderate', validationAction: 'error'}");
        db.runCommand(new Document("insert", "strict")
                .append("documents", List.of(new Document("_id", "not valid")))
                .append("bypassDocumentValidation", true));
        indexes(db);
        run(
                db,
                "{create: 'shown', viewOn: 'types', pipeline: [{$match: {text: {$regex: 'T', $options: 'i'}}}],"
                        + " collation: {locale: 'de'}}");
        run(db, "{create: 'above', viewOn: 'shown', pipeline: [], collation: {locale: 'de'}}");
        series(db);
    }

    private static Document everyType() {
        return new Document("_id", new ObjectId("65a1b2c3d4e5f60718293a4b"))
                .append("text", "text \u0000 ü")
                .append("int", 1)
                .append("long", 1L)
                .append("double", 1.0)
                .append("nan", Double.NaN)
                .append("minusZero", -0.0)
                .append("decimal", Decimal128.parse("1.10"))
                .append("yes", true)
                .append("null", null)
                .append("undefined", new BsonUndefined())
                .append("date", Instant.ofEpochMilli(-1))
                .append("timestamp", new BsonTimestamp(1, 2))
                .append("binary", new Binary((byte) 128, new byte[] {1, 2}))
                .append("uuid", new Binary((byte) 4, new byte[16]))
                .append("regex", new BsonRegularExpression("a/b", "im"))
                .append("code", new Code("1"))
                .append("scoped", new CodeWithScope("x", new Document("x", 1)))
                .append("symbol", new Symbol("s"))
                .append("min", new MinKey())
                .append("max", new MaxKey())
                .append("list", List.of(1, "2", List.of(), new Document()))
                .append("nested", new Document("a.b", 1).append("$c", 2).append("", 3));
    }

    private static void indexes(MongoDatabase db) {
        run(
                db,
                "{createIndexes: 'indexed', indexes: [{name: 'u', key: {a: 1, b: -1}, unique: true, sparse: true},"
                        + " {name: 'p', key: {c: 1}, partialFilterExpression: {c: {$gt: 5}}},"
                        + " {name: 'ttl', key: {at: 1}, expireAfterSeconds: 3600},"
                        + " {name: 'de', key: {d: 1}, collation: {locale: 'de', strength: 2}},"
                        + " {name: 'words', key: {e: 'text', f: 'text'}, weights: {e: 3}, default_language: 'german'},"
                        + " {name: 'place', key: {g: '2dsphere'}}, {name: 'h', key: {_id: 'hashed'}},"
                        + " {name: 'all', key: {'i.$**': 1}}, {name: 'hidden', key: {j: 1}, hidden: true}]}");
        db.getCollection("indexed")
                .insertOne(new Document("_id", 1).append("a", 1).append("e", "Wort"));
    }

    static void series(MongoDatabase db) {
        run(
                db,
                "{create: 'weather', timeseries: {timeField: 'at', metaField: 'where', granularity: 'minutes'},"
                        + " expireAfterSeconds: 946080000}");
        for (int i = 0; i < 50; i++) {
            db.getCollection("weather")
                    .insertOne(new Document("_id", i)
                            .append("at", Instant.ofEpochMilli(1_700_000_000_000L + i * 60_000L))
                            .append("where", new Document("sensor", i % 3))
                            .append("degrees", i / 2.0));
        }
        run(db, "{createIndexes: 'weather', indexes: [{name: 'w', key: {'where.sensor': 1, at: 1}}]}");
    }

    private static void run(MongoDatabase db, String command) {
        db.runCommand(Document.parse(command));
    }

    /** By each collection's name: its definition, its indexes, and its documents as they are on the wire, in their order where it means something. */
    static Map<String, String> seen(MongoDatabase db) {
        Map<String, String> out = new TreeMap<>();
        for (Document d : db.listCollections().into(new ArrayList<>())) {
            String name = d.getString("name");
            if (name.startsWith("system.") && !name.equals("system.js")) {
                continue;
            }
            String type = d.getString("type");
            out.put(name, type + " " + d.get("options", Document.class).toJson());
            List<Integer> documents = new ArrayList<>();
            db.getCollection(name, RawBsonDocument.class).find().forEach(r -> documents.add(r.hashCode()));
            out.put(name + " documents", name.equals("capped") ? documents.toString() : sorted(documents));
            if (!type.equals("view")) {
                List<String> indexes = new ArrayList<>();
                db.getCollection(name).listIndexes().forEach(i -> indexes.add(i.toJson()));
                out.put(name + " indexes", indexes.toString());
            }
        }
        return out;
    }

    private static String sorted(List<Integer> all) {
        return all.stream().sorted().toList().toString();
    }
}
