package io.gds.database.spi;

import java.time.Instant;
import java.util.Optional;

/**
 * Tells when the last good backup of a cluster was taken. Called in pre-flight, on the caller's thread; may block for
 * seconds; what it throws becomes a finding.
 */
@FunctionalInterface
public interface BackupCheck {
    /** The end of the newest good backup; empty when there is none. */
    Optional<Instant> lastBackup();
}
