package io.gds.engine.postgres.internal.patroni.api;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import io.gds.database.spi.JsonReader;
import io.gds.database.version.EngineVersion;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One object of an answer. Keys that are missing or null are absent, unknown keys are left alone; a key that holds
 * something else than it should is an error that names it. Immutable.
 */
final class JsonObject {
    private final String where;
    private final String path;
    private final Map<?, ?> values;

    private JsonObject(String where, String path, Map<?, ?> values) {
        this.where = where;
        this.path = path;
        this.values = values;
    }

    /**
     * Reads an answer.
     *
     * @param where whose answer to what, for messages
     * @param json the body
     * @param shown what messages may show of the body
     */
    static JsonObject parse(String where, String json, String shown) {
        try {
            return new JsonObject(where, "", JsonReader.object(json));
        } catch (IllegalArgumentException e) {
            throw garbage(where, "found \"" + shown + "\", expected a JSON object (" + e.getMessage() + ")");
        }
    }

    Optional<String> text(String key) {
        @Nullable Object value = values.get(key);
        if (value == null || value instanceof String) {
            return Optional.ofNullable((String) value);
        }
        throw wrong(key, value, "a text");
    }

    String requiredText(String key) {
        return text(key).orElseThrow(() -> missing(key, "a text"));
    }

    OptionalLong number(String key) {
        @Nullable Object value = values.get(key);
        if (value == null) {
            return OptionalLong.empty();
        }
        if (value instanceof Number number) {
            return OptionalLong.of(number.longValue());
        }
        throw wrong(key, value, "a number");
    }

    boolean flag(String key) {
        @Nullable Object value = values.get(key);
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        throw wrong(key, value, "true or false");
    }

    /** A time as Python writes it, with a blank or a T in the middle. */
    Optional<Instant> time(String key) {
        return text(key).map(text -> {
            try {
                return OffsetDateTime.parse(
                                text.strip().replaceFirst(" UTC$", "Z").replaceFirst(" ", "T"))
                        .toInstant();
            } catch (DateTimeException e) {
                throw wrong(key, text, "a time such as 2026-01-31 03:00:00+00:00");
            }
        });
    }

    Optional<JsonObject> object(String key) {
        @Nullable Object value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Map<?, ?> map) {
            return Optional.of(new JsonObject(where, path + key + ".", map));
        }
        throw wrong(key, value, "an object");
    }

    Optional<List<JsonObject>> objects(String key) {
        @Nullable Object value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof List<?> list)) {
            throw wrong(key, value, "a list");
        }
        List<JsonObject> all = new ArrayList<>();
        for (Object each : list) {
            if (!(each instanceof Map<?, ?> map)) {
                throw wrong(key, each, "a list of objects");
            }
            all.add(new JsonObject(where, path + key + "[" + all.size() + "].", map));
        }
        return Optional.of(all);
    }

    EngineVersion requiredVersion(String key) {
        String text = requiredText(key);
        try {
            return EngineVersion.parse(text);
        } catch (GdsDatabaseException e) {
            throw wrong(key, text, "a version such as 3.3.2");
        }
    }

    GdsDatabaseException missing(String key, String expected) {
        return wrong(key, null, expected);
    }

    /** The keys. */
    List<String> keys() {
        return values.keySet().stream().map(String::valueOf).toList();
    }

    /** Any value as text; empty when it is absent. */
    Optional<String> anyText(String key) {
        @Nullable Object value = values.get(key);
        return value == null ? Optional.empty() : Optional.of(String.valueOf(value));
    }

    /** Everything, without nulls; a number with a fraction becomes its text, which Patroni takes for the same. */
    Params params() {
        return Params.of(plain(values));
    }

    /** Part of it as values; empty when it is absent. */
    Params params(String key) {
        return object(key).map(JsonObject::params).orElse(Params.empty());
    }

    private static Map<String, Object> plain(Map<?, ?> map) {
        Map<String, Object> all = new TreeMap<>();
        map.forEach((key, value) -> {
            if (value != null) {
                all.put(String.valueOf(key), plainValue(value));
            }
        });
        return all;
    }

    private static Object plainValue(Object value) {
        if (value instanceof Map<?, ?> map) {
            return plain(map);
        }
        if (value instanceof List<?> list) {
            List<Object> all = new ArrayList<>();
            for (@Nullable Object each : list) {
                if (each != null) {
                    all.add(plainValue(each));
                }
            }
            return all;
        }
        return value instanceof Double number ? number.toString() : value;
    }

    private GdsDatabaseException wrong(String key, @Nullable Object found, String expected) {
        String shown = found == null ? "nothing" : "\"" + abbreviated(found.toString()) + "\"";
        return garbage(where, "\"" + path + key + "\": found " + shown + ", expected " + expected);
    }

    private static String abbreviated(String text) {
        return text.length() > 80 ? text.substring(0, 80) + "..." : text;
    }

    private static GdsDatabaseException garbage(String where, String what) {
        return GdsDatabaseException.engine("PATRONI-ANSWER")
                .message(where + ": " + what + ".")
                .remedy("check that the address is that of Patroni's REST interface, and its version (3.0 to 4.1).")
                .build();
    }
}
