package io.gds.database.testkit.powershell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A hashtable; keys that are strings do not care for case. It keeps the order of its entries, which a real one without
 * {@code [ordered]} does not promise. Not thread-safe.
 */
public final class PsHashtable {
    private final boolean ordered;
    private final Map<Object, Entry> entries = new LinkedHashMap<>();

    /** A key as it was written first, and its value. */
    record Entry(Object key, @Nullable Object value) {}

    /** An empty one. */
    public PsHashtable() {
        this(false);
    }

    PsHashtable(boolean ordered) {
        this.ordered = ordered;
    }

    private static Object fold(Object key) {
        return key instanceof String s ? s.toLowerCase(Locale.ROOT) : key;
    }

    boolean ordered() {
        return ordered;
    }

    /** The value of a key; null when there is none. */
    public @Nullable Object get(Object key) {
        Entry entry = entries.get(fold(key));
        return entry == null ? null : entry.value();
    }

    /** Whether there is such a key. */
    public boolean has(Object key) {
        return entries.containsKey(fold(key));
    }

    /** Sets the value of a key. */
    public PsHashtable put(Object key, @Nullable Object value) {
        Entry before = entries.get(fold(key));
        entries.put(fold(key), new Entry(before == null ? key : before.key(), value));
        return this;
    }

    void remove(Object key) {
        entries.remove(fold(key));
    }

    void clear() {
        entries.clear();
    }

    /** How many entries it has. */
    public int size() {
        return entries.size();
    }

    List<Entry> entries() {
        return List.copyOf(entries.values());
    }

    /** Its keys. */
    public List<Object> keys() {
        List<Object> out = new ArrayList<>();
        entries.values().forEach(e -> out.add(e.key()));
        return out;
    }

    @Override
    public String toString() {
        return ordered ? "System.Collections.Specialized.OrderedDictionary" : "System.Collections.Hashtable";
    }
}
