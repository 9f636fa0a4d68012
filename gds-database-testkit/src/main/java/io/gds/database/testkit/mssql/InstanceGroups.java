package io.gds.database.testkit.mssql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The groups that an instance is in. Thread-safe. */
final class InstanceGroups {
    private final List<LocalGroup> all = new CopyOnWriteArrayList<>();

    void add(LocalGroup group) {
        all.add(group);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** What has a group on this server; null for none of that name. */
    @Nullable
    LocalGroup named(String name) {
        return all.stream()
                .filter(g -> g.name().equalsIgnoreCase(name))
                .findFirst()
                .orElse(null);
    }

    /** The group that a database has joined here; null when it has joined none. */
    @Nullable
    LocalGroup of(String database) {
        return all.stream().filter(g -> g.has(database)).findFirst().orElse(null);
    }

    /** The databases that are in one, by their name in small letters. */
    Map<String, LocalGroup.DatabaseState> databases() {
        Map<String, LocalGroup.DatabaseState> out = new LinkedHashMap<>();
        all.forEach(g -> out.putAll(g.databases()));
        return out;
    }

    /** Groups that share a cluster have its rows in common. */
    List<List<@Nullable Object>> rows(HadrView view) {
        List<List<@Nullable Object>> out = new ArrayList<>();
        all.forEach(g -> out.addAll(g.rows(view)));
        return out.stream().distinct().toList();
    }

    void stopped() {
        all.forEach(LocalGroup::stopped);
    }

    void started() {
        all.forEach(LocalGroup::started);
    }
}
