package io.gds.database.plan;

import static java.util.Objects.requireNonNull;

import io.gds.database.error.GdsDatabaseException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Named values as a JSON object would hold them: strings, booleans, whole numbers, lists and nested objects.
 *
 * <p>Parameters of steps, facts that steps journal, cluster specs and plan documents all have this shape, so that any
 * process can write them down and read them back. A string of the form <code>${step.key}</code> in a step's parameters
 * refers to a fact that an earlier step journalled. Secrets never belong here: only references to them.
 *
 * <p>Immutable; keys are sorted; equality is by value.
 */
public final class Params {
    private static final Params EMPTY = new Params(Map.of());

    private final Map<String, Object> values;

    private Params(Map<String, ?> raw) {
        Map<String, Object> copy = new TreeMap<>();
        raw.forEach((k, v) -> copy.put(requireNonNull(k, "key"), normalise(k, v)));
        this.values = Collections.unmodifiableMap(copy);
    }

    private static Object normalise(String key, Object v) {
        if (v instanceof String || v instanceof Boolean || v instanceof Long) {
            return v;
        }
        if (v instanceof Integer || v instanceof Short) {
            return ((Number) v).longValue();
        }
        if (v instanceof Duration || v instanceof Enum<?>) {
            return v.toString();
        }
        if (v instanceof Params p) {
            return p.values;
        }
        if (v instanceof Map<?, ?> m) {
            Map<String, Object> nested = new TreeMap<>();
            m.forEach((k, x) -> nested.put(String.valueOf(k), normalise(key + "." + k, requireNonNull(x, key))));
            return Collections.unmodifiableMap(nested);
        }
        if (v instanceof Iterable<?> it) {
            List<Object> list = new ArrayList<>();
            it.forEach(x -> list.add(normalise(key, requireNonNull(x, key))));
            return Collections.unmodifiableList(list);
        }
        throw new IllegalArgumentException("parameter " + key + " has type "
                + v.getClass().getName() + "; expected a string, boolean, whole number, list or object");
    }

    /** No values. */
    public static Params empty() {
        return EMPTY;
    }

    /** One value. */
    public static Params of(String key, Object value) {
        return new Params(Map.of(key, value));
    }

    /** Two values. */
    public static Params of(String k1, Object v1, String k2, Object v2) {
        return new Params(Map.of(k1, v1, k2, v2));
    }

    /** Three values. */
    public static Params of(String k1, Object v1, String k2, Object v2, String k3, Object v3) {
        return new Params(Map.of(k1, v1, k2, v2, k3, v3));
    }

    /** The values of a map. */
    public static Params of(Map<String, ?> values) {
        return new Params(values);
    }

    /** A reference to a fact of an earlier step, to be used as a parameter value. */
    public static String ref(StepId step, String key) {
        return "${" + step.value() + "." + key + "}";
    }

    /** These values and one more, or one replaced. */
    public Params with(String key, Object value) {
        Map<String, Object> copy = new TreeMap<>(values);
        copy.put(key, value);
        return new Params(copy);
    }

    /** These values overlaid by others. */
    public Params with(Params other) {
        Map<String, Object> copy = new TreeMap<>(values);
        copy.putAll(other.values);
        return new Params(copy);
    }

    /** Whether there are no values. */
    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** Whether a key is present. */
    public boolean has(String key) {
        return values.containsKey(key);
    }

    /** The values; sorted, unmodifiable, nested to the bottom. */
    public Map<String, Object> asMap() {
        return values;
    }

    /**
     * A string that must be there.
     *
     * @throws GdsDatabaseException with code {@code GDS-PARAM} when it is missing or not a string
     */
    public String string(String key) {
        return value(key, String.class);
    }

    /** A string that may be there. */
    public Optional<String> optionalString(String key) {
        return has(key) ? Optional.of(string(key)) : Optional.empty();
    }

    /**
     * A whole number that must be there.
     *
     * @throws GdsDatabaseException with code {@code GDS-PARAM} when it is missing or not a number
     */
    public long integer(String key) {
        return value(key, Long.class);
    }

    /** A whole number, or the given one. */
    public long integer(String key, long otherwise) {
        return has(key) ? integer(key) : otherwise;
    }

    /** A boolean, false when it is not there. */
    public boolean flag(String key) {
        return has(key) && value(key, Boolean.class);
    }

    /**
     * A duration in ISO-8601 form that must be there.
     *
     * @throws GdsDatabaseException with code {@code GDS-PARAM} when it is missing or not a duration
     */
    public Duration duration(String key) {
        try {
            return Duration.parse(string(key));
        } catch (DateTimeParseException e) {
            throw wrong(key, "an ISO-8601 duration such as PT30S");
        }
    }

    /** A list of strings, empty when it is not there. */
    public List<String> strings(String key) {
        if (!has(key)) {
            return List.of();
        }
        List<String> out = new ArrayList<>();
        for (Object o : value(key, List.class)) {
            if (!(o instanceof String s)) {
                throw wrong(key, "a list of strings");
            }
            out.add(s);
        }
        return Collections.unmodifiableList(out);
    }

    /** A nested object, empty when it is not there. */
    @SuppressWarnings("unchecked") // normalise() made every nested map one with string keys
    public Params object(String key) {
        return has(key) ? new Params((Map<String, Object>) value(key, Map.class)) : EMPTY;
    }

    /** A list of nested objects, empty when it is not there. */
    @SuppressWarnings("unchecked") // as above
    public List<Params> objects(String key) {
        if (!has(key)) {
            return List.of();
        }
        List<Params> out = new ArrayList<>();
        for (Object o : value(key, List.class)) {
            if (!(o instanceof Map<?, ?> m)) {
                throw wrong(key, "a list of objects");
            }
            out.add(new Params((Map<String, Object>) m));
        }
        return Collections.unmodifiableList(out);
    }

    private <T> T value(String key, Class<T> type) {
        Object v = values.get(key);
        if (!type.isInstance(v)) {
            throw wrong(key, type.getSimpleName().toLowerCase(java.util.Locale.ROOT));
        }
        return type.cast(v);
    }

    private GdsDatabaseException wrong(String key, String expected) {
        Object v = values.get(key);
        return GdsDatabaseException.plugin("GDS-PARAM")
                .message("parameter \"" + key + "\": found " + (v == null ? "nothing" : "\"" + v + "\"") + ", expected "
                        + expected + ".")
                .remedy("correct the step or spec that sets it.")
                .build();
    }

    /** Canonical JSON: sorted keys, no white space. Equal values give equal text. */
    public String toJson() {
        return CanonicalJson.write(values);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Params p && p.values.equals(values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return toJson();
    }
}
