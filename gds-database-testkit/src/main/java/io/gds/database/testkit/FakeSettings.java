package io.gds.database.testkit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Settings of the fake, some with a dead-man's timer. Guarded by the cluster. */
final class FakeSettings {
    private final Map<String, String> values = new TreeMap<>();
    private final Map<String, Instant> until = new HashMap<>();

    String get(String key) {
        return values.getOrDefault(key, "");
    }

    void set(String key, String value, @Nullable Instant expires) {
        until.remove(key);
        if (value.isEmpty()) {
            values.remove(key);
            return;
        }
        values.put(key, value);
        if (expires != null) {
            until.put(key, expires);
        }
    }

    Map<String, String> all() {
        return new TreeMap<>(values);
    }

    List<String> expire(Instant now) {
        List<String> gone = new ArrayList<>();
        until.forEach((key, at) -> {
            if (!at.isAfter(now)) {
                gone.add(key);
            }
        });
        gone.forEach(key -> set(key, "", null));
        return gone;
    }
}
