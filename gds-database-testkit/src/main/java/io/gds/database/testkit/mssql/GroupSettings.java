package io.gds.database.testkit.mssql;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that is set for a group: two of them are equal when nothing was changed in between, or all was changed back.
 *
 * @param requiredSynchronizedSecondaries how many secondaries must be synchronized for a commit to go on
 * @param backupPreference where backups should be taken
 * @param replicas the settings of each, by the name of its server
 */
public record GroupSettings(
        int requiredSynchronizedSecondaries, BackupPreference backupPreference, Map<String, ReplicaSettings> replicas) {
    /** Takes a copy. */
    public GroupSettings {
        replicas = Collections.unmodifiableMap(new TreeMap<>(replicas));
    }
}
