package io.gds.engine.postgres.internal.patroni.api;

import java.util.Map;
import java.util.TreeMap;

/**
 * Settings that the next restart would activate.
 *
 * @param pending whether there are any
 * @param reasons by setting; empty before 3.3, which did not tell
 */
public record PendingRestart(boolean pending, Map<String, Change> reasons) {
    /** Copies the reasons. */
    public PendingRestart {
        reasons = Map.copyOf(reasons);
    }

    /**
     * A setting that waits.
     *
     * @param oldValue what is in force
     * @param newValue what the next restart would put in force
     */
    public record Change(String oldValue, String newValue) {}

    static PendingRestart of(JsonObject json) {
        Map<String, Change> reasons = new TreeMap<>();
        json.object("pending_restart_reason").ifPresent(all -> {
            for (String setting : all.keys()) {
                all.object(setting)
                        .ifPresent(change -> reasons.put(
                                setting,
                                new Change(
                                        change.anyText("old_value").orElse(""),
                                        change.anyText("new_value").orElse(""))));
            }
        });
        return new PendingRestart(json.flag("pending_restart"), reasons);
    }
}
