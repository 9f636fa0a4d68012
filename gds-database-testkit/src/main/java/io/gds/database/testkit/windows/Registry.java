package io.gds.database.testkit.windows;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The registry, as far as {@code HKEY_LOCAL_MACHINE} goes. Paths are written {@code HKLM\SOFTWARE\...}; neither they nor
 * the names of values care for case. Thread-safe.
 */
public final class Registry {
    private static final String ROOT = "HKEY_LOCAL_MACHINE";

    private final Map<String, Key> keys = new TreeMap<>();

    /** A key as it was written first, and its values by their folded names. */
    private record Key(String path, Map<String, Named> values) {}

    /** A value and its name. */
    record Named(String name, RegistryValue value) {}

    Registry() {
        keys.put(fold(ROOT), new Key(ROOT, new LinkedHashMap<>()));
    }

    private static String fold(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** The path with its root written out. */
    static String whole(String path) {
        String trimmed = path.endsWith("\\") ? path.substring(0, path.length() - 1) : path;
        String plain = trimmed.replaceFirst("(?i)^(HKLM:?|HKEY_LOCAL_MACHINE)(\\\\|$)", "");
        return plain.isEmpty() ? ROOT : ROOT + "\\" + plain;
    }

    /** Makes a key, and those above it. */
    public synchronized Registry key(String path) {
        String whole = whole(path);
        int end = whole.lastIndexOf('\\');
        if (end > 0) {
            key(whole.substring(0, end));
        }
        keys.computeIfAbsent(fold(whole), k -> new Key(whole, new LinkedHashMap<>()));
        return this;
    }

    /** Sets a value, and makes its key when there is none. */
    public synchronized Registry set(String path, String name, RegistryValue value) {
        key(path);
        Key key = keys.get(fold(whole(path)));
        if (key != null) {
            key.values().put(fold(name), new Named(name, value));
        }
        return this;
    }

    /** Sets a string. */
    public Registry set(String path, String name, String text) {
        return set(path, name, new RegistryValue.Text(text));
    }

    /** Sets a number. */
    public Registry set(String path, String name, int number) {
        return set(path, name, new RegistryValue.Dword(number));
    }

    /** Sets a list of strings. */
    public Registry set(String path, String name, List<String> texts) {
        return set(path, name, new RegistryValue.Texts(texts));
    }

    /** Takes a value away. */
    public synchronized Registry unset(String path, String name) {
        Key key = keys.get(fold(whole(path)));
        if (key != null) {
            key.values().remove(fold(name));
        }
        return this;
    }

    /** Takes a key away, with all below it. */
    public synchronized Registry remove(String path) {
        String folded = fold(whole(path));
        keys.keySet().removeIf(k -> k.equals(folded) || k.startsWith(folded + "\\"));
        return this;
    }

    /** Whether there is such a key. */
    public synchronized boolean has(String path) {
        return keys.containsKey(fold(whole(path)));
    }

    /** A value; null when there is none. */
    public synchronized @Nullable RegistryValue get(String path, String name) {
        Key key = keys.get(fold(whole(path)));
        Named named = key == null ? null : key.values().get(fold(name));
        return named == null ? null : named.value();
    }

    /** A string that is empty when there is none. */
    public String text(String path, String name) {
        return get(path, name) instanceof RegistryValue.Text t ? t.text() : "";
    }

    /** The values of a key, in the order that they were made in. */
    synchronized List<Named> values(String path) {
        Key key = keys.get(fold(whole(path)));
        return key == null ? List.of() : List.copyOf(key.values().values());
    }

    /** The paths of the keys right below one. */
    synchronized List<String> below(String path) {
        String prefix = fold(whole(path)) + "\\";
        List<String> out = new ArrayList<>();
        keys.forEach((k, key) -> {
            if (k.startsWith(prefix) && k.indexOf('\\', prefix.length()) < 0) {
                out.add(key.path());
            }
        });
        return out;
    }

    /** The path of a key as it was written first. */
    synchronized String written(String path) {
        Key key = keys.get(fold(whole(path)));
        return key == null ? whole(path) : key.path();
    }
}
