package io.gds.engine.postgres.internal.pooler;

import io.gds.engine.postgres.internal.config.HostPort;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The database entries of a PgBouncer configuration and the texts that they stand in.
 *
 * @param texts content by file, bytes as Latin-1
 * @param entries all entries in their order; when a name comes twice the later one counts
 */
record PoolerIni(Map<String, String> texts, List<IniEntry> entries) {
    /** Copies. */
    PoolerIni {
        texts = Map.copyOf(texts);
        entries = List.copyOf(entries);
    }

    /** The entries of a database. */
    List<IniEntry> of(String database) {
        return entries.stream().filter(e -> e.name().equals(database)).toList();
    }

    /**
     * The files that change when entries are pointed to another server, with their new content; byte for byte the same but
     * for {@code host} and {@code port} of these entries. Files that would not change are not in it.
     */
    Map<String, byte[]> pointedTo(HostPort server, Predicate<IniEntry> which) {
        Map<String, List<IniEntry>> byFile = entries.stream()
                .filter(which)
                .collect(Collectors.groupingBy(IniEntry::file, TreeMap::new, Collectors.toList()));
        Map<String, byte[]> out = new TreeMap<>();
        byFile.forEach((file, those) -> {
            String before = texts.getOrDefault(file, "");
            String after = changed(before, those, server);
            if (!after.equals(before)) {
                out.put(file, after.getBytes(StandardCharsets.ISO_8859_1));
            }
        });
        return out;
    }

    /** A file as it was read. */
    byte[] bytes(String file) {
        return texts.getOrDefault(file, "").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String changed(String text, List<IniEntry> those, HostPort server) {
        List<IniEntry.Change> changes = new ArrayList<>();
        those.forEach(e -> changes.addAll(e.pointedTo(server.host(), server.port())));
        changes.sort(Comparator.comparingInt(IniEntry.Change::from).reversed());
        StringBuilder out = new StringBuilder(text);
        changes.forEach(c -> out.replace(c.from(), c.to(), c.text()));
        return out.toString();
    }
}
