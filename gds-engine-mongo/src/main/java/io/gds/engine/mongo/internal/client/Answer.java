package io.gds.engine.mongo.internal.client;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.bson.BsonTimestamp;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** A document of a server, read with tolerance: a number is a number of whatever type, and what is missing is empty. Immutable. */
public final class Answer {
    private final Document document;

    private Answer(Document document) {
        this.document = document;
    }

    /** Of a document, which is not changed afterwards. */
    public static Answer of(Document document) {
        return new Answer(document);
    }

    /** A text. */
    public Optional<String> text(String key) {
        return document.get(key) instanceof String s ? Optional.of(s) : Optional.empty();
    }

    /** A whole number, from an int, a long or a double. */
    public OptionalLong number(String key) {
        return document.get(key) instanceof Number n ? OptionalLong.of(n.longValue()) : OptionalLong.empty();
    }

    /** A number. */
    public OptionalDouble real(String key) {
        return document.get(key) instanceof Number n ? OptionalDouble.of(n.doubleValue()) : OptionalDouble.empty();
    }

    /** Whether it is there and true, or a number that is not zero, as servers write flags. */
    public boolean flag(String key) {
        @Nullable Object value = document.get(key);
        return value instanceof Boolean b ? b : value instanceof Number n && n.doubleValue() != 0;
    }

    /** Whether there is a value. */
    public boolean has(String key) {
        return document.get(key) != null;
    }

    /** A nested document; an empty one when there is none. */
    public Answer object(String key) {
        return new Answer(document.get(key) instanceof Document d ? d : new Document());
    }

    /** The documents of a list; empty when there is none. */
    public List<Answer> objects(String key) {
        return document.get(key) instanceof List<?> list
                ? list.stream()
                        .filter(Document.class::isInstance)
                        .map(d -> new Answer((Document) d))
                        .toList()
                : List.of();
    }

    /** The texts of a list; empty when there is none. */
    public List<String> texts(String key) {
        return document.get(key) instanceof List<?> list
                ? list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }

    /** A point of the oplog: {@code {ts, t}}, or a bare timestamp as protocol version 0 wrote it. */
    public Optional<OpTime> opTime(String key) {
        @Nullable Object value = document.get(key);
        if (value instanceof Document d && d.get("ts") instanceof BsonTimestamp ts) {
            return Optional.of(
                    new OpTime(ts.getTime(), ts.getInc(), d.get("t") instanceof Number t ? t.longValue() : -1));
        }
        return value instanceof BsonTimestamp ts
                ? Optional.of(new OpTime(ts.getTime(), ts.getInc(), -1))
                : Optional.empty();
    }

    /** A point of time. */
    public Optional<Instant> instant(String key) {
        return document.get(key) instanceof Date d ? Optional.of(d.toInstant()) : Optional.empty();
    }

    /** The keys in the server's order. */
    public List<String> keys() {
        return List.copyOf(document.keySet());
    }

    /** All values, for what is passed on as it is. */
    public Map<String, Object> asMap() {
        return document;
    }

    @Override
    public String toString() {
        return document.toJson();
    }
}
