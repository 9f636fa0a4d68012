package io.gds.database.core;

import io.gds.database.plan.Finding;
import io.gds.database.spi.BackupCheck;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Turns the age of the newest backup into a finding. */
record BackupAge(BackupCheck check, Duration oldest, Clock clock) {
    Optional<Finding> finding(String cluster) {
        Optional<Instant> last;
        try {
            last = check.lastBackup();
        } catch (RuntimeException e) {
            return Optional.of(ack(cluster, "the backup check failed: " + e.getMessage()));
        }
        if (last.isEmpty()) {
            return Optional.of(ack(cluster, "no backup"));
        }
        Duration age = Duration.between(last.get(), clock.instant());
        return age.compareTo(oldest) <= 0
                ? Optional.empty()
                : Optional.of(ack(cluster, "the newest backup is " + age.toHours() + " h old"));
    }

    private Finding ack(String cluster, String observed) {
        return Finding.ack(
                "GDS-BACKUP",
                cluster,
                observed,
                "a backup not older than " + oldest,
                "take a backup, then plan again.");
    }
}
