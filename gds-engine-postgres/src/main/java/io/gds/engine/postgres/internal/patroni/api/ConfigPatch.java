package io.gds.engine.postgres.internal.patroni.api;

import static java.util.Objects.requireNonNull;

import io.gds.database.plan.Params;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A change of the dynamic configuration: values to set and keys to remove; everything else stays. Immutable.
 *
 * <p>{@code ConfigPatch.set("100ms", "postgresql", "parameters", "wal_retrieve_retry_interval")}
 */
public final class ConfigPatch {
    /** Removes a key that nobody has. */
    static final ConfigPatch NOTHING = remove("gds_reads_the_configuration");

    /** Leaves, in the order of their paths; empty means removed. */
    private final Map<List<String>, Optional<Object>> leaves;

    private ConfigPatch(Map<List<String>, Optional<Object>> leaves) {
        this.leaves = leaves;
    }

    /** Sets one value: text, whole number, boolean, list or {@link Params}. */
    public static ConfigPatch set(Object value, String... path) {
        return leaf(Optional.of(value), path);
    }

    /** Removes one key; it need not be there. */
    public static ConfigPatch remove(String... path) {
        return leaf(Optional.empty(), path);
    }

    /**
     * Makes one value what it was: the way back of {@link #set}.
     *
     * @param before a configuration as it was read before
     */
    public static ConfigPatch restore(Params before, String... path) {
        return leaf(valueAt(before, List.of(path)), path);
    }

    /** Both changes; where they touch the same key, the other one. */
    public ConfigPatch and(ConfigPatch other) {
        Map<List<String>, Optional<Object>> all = new TreeMap<>(ConfigPatch::compare);
        all.putAll(leaves);
        all.putAll(other.leaves);
        return new ConfigPatch(all);
    }

    /** Whether a configuration is as this patch makes it. */
    public boolean holdsIn(Params config) {
        return leaves.entrySet().stream().allMatch(leaf -> valueAt(config, leaf.getKey())
                .map(String::valueOf)
                .equals(leaf.getValue().map(String::valueOf)));
    }

    /** The JSON that Patroni merges; null removes. */
    String toJson() {
        Map<String, Object> tree = new TreeMap<>();
        leaves.forEach((path, value) -> {
            Map<String, Object> at = tree;
            for (String key : path.subList(0, path.size() - 1)) {
                at = child(at, key);
            }
            at.put(path.get(path.size() - 1), value);
        });
        return json(tree);
    }

    @SuppressWarnings("unchecked") // only trees of this shape are put there
    private static Map<String, Object> child(Map<String, Object> at, String key) {
        return (Map<String, Object>) at.computeIfAbsent(key, k -> new TreeMap<String, Object>());
    }

    private static String json(Object node) {
        if (node instanceof Optional<?> leaf) {
            return leaf.map(ConfigPatch::value).orElse("null");
        }
        List<String> parts = new ArrayList<>();
        ((Map<?, ?>) node).forEach((key, child) -> parts.add(value(key) + ":" + json(requireNonNull(child))));
        return "{" + String.join(",", parts) + "}";
    }

    /** Canonical text of any value that parameters can hold. */
    private static String value(Object value) {
        String wrapped = Params.of("", value).toJson();
        return wrapped.substring("{\"\":".length(), wrapped.length() - 1);
    }

    private static Optional<Object> valueAt(Params config, List<String> path) {
        @Nullable Object at = config.asMap();
        for (String key : path) {
            at = at instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return Optional.ofNullable(at);
    }

    private static ConfigPatch leaf(Optional<Object> value, String... path) {
        if (path.length == 0) {
            throw new IllegalArgumentException("a change of the configuration without a path");
        }
        return new ConfigPatch(Collections.singletonMap(List.of(path), value));
    }

    private static int compare(List<String> a, List<String> b) {
        return String.join("\0", a).compareTo(String.join("\0", b));
    }

    @Override
    public String toString() {
        return toJson();
    }
}
