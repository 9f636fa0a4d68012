package io.gds.database.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tables of numbered rows. Thread-safe. */
final class FakeTables {
    private record Row(int client, long seq) {}

    private final Map<String, List<Row>> rows = new TreeMap<>();

    synchronized boolean exists(String table) {
        return rows.containsKey(table);
    }

    synchronized void create(String table) {
        rows.put(table, new ArrayList<>());
    }

    synchronized void drop(String table) {
        rows.remove(table);
    }

    synchronized List<String> names() {
        return List.copyOf(rows.keySet());
    }

    synchronized int rowCount() {
        return rows.values().stream().mapToInt(List::size).sum();
    }

    synchronized boolean insert(String table, int client, long seq) {
        List<Row> there = rows.get(table);
        return there != null && there.add(new Row(client, seq));
    }

    synchronized Map<Long, Integer> present(String table, int client, long from, long to) {
        Map<Long, Integer> out = new TreeMap<>();
        rows.getOrDefault(table, List.of()).stream()
                .filter(r -> r.client() == client && r.seq() >= from && r.seq() <= to)
                .forEach(r -> out.merge(r.seq(), 1, Integer::sum));
        return out;
    }

    /** A promotion that forgets or repeats the newest rows, when such a fault was planted. */
    synchronized void promoted(int lost, int doubled) {
        for (List<Row> table : rows.values()) {
            for (int i = 0; i < doubled && i < table.size(); i++) {
                table.add(table.get(table.size() - 1 - 2 * i));
            }
            for (int i = 0; i < lost && !table.isEmpty(); i++) {
                table.remove(table.size() - 1);
            }
        }
    }
}
