package io.gds.engine.postgres.internal.pooler;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One line of a {@code [databases]} section, with the places of its parts in the text of its file.
 *
 * @param file the file that it stands in
 * @param name the database
 * @param pairs its settings in their order
 */
record IniEntry(String file, String name, List<Pair> pairs) {
    private static final int DEFAULT_PORT = 5432;

    /**
     * One setting.
     *
     * @param key its name
     * @param value its value without quotes
     * @param from where the value begins, its quote included
     * @param to where it ends
     */
    record Pair(String key, String value, int from, int to) {}

    /** Copies. */
    IniEntry {
        pairs = List.copyOf(pairs);
    }

    /** The host that counts: the last one. */
    Optional<String> host() {
        return last("host").map(Pair::value);
    }

    /** The port that counts. */
    int port() {
        return last("port")
                .map(Pair::value)
                .filter(p -> p.matches("\\d{1,5}"))
                .map(Integer::parseInt)
                .orElse(DEFAULT_PORT);
    }

    /** What must be replaced so that it leads to another server; nothing else of the line changes. */
    List<Change> pointedTo(String newHost, int newPort) {
        List<Change> changes = new ArrayList<>();
        Optional<Pair> host = last("host");
        if (host.isEmpty()) {
            return changes;
        }
        Optional<Pair> port = last("port");
        String added = port.isEmpty() && newPort != DEFAULT_PORT ? " port=" + newPort : "";
        changes.add(new Change(host.get().from(), host.get().to(), newHost + added));
        port.ifPresent(p -> changes.add(new Change(p.from(), p.to(), Integer.toString(newPort))));
        return changes;
    }

    private Optional<Pair> last(String key) {
        Predicate<Pair> wanted = p -> p.key().equals(key);
        return pairs.stream().filter(wanted).reduce((a, b) -> b);
    }

    /**
     * A piece of a file that becomes another.
     *
     * @param from where it begins
     * @param to where it ends
     * @param text what stands there then
     */
    record Change(int from, int to, String text) {}
}
