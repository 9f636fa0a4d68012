package io.gds.engine.mssql.internal.config;

import io.gds.database.spi.SpecFields;
import java.time.Duration;
import java.util.Optional;

/**
 * How long ago databases may have been saved and checked before a plan wants somebody's word.
 *
 * @param maxAge of the last full backup; empty when nobody asks
 * @param checkDbMaxAge of the last DBCC CHECKDB that found nothing; empty when nobody asks
 */
public record BackupSpec(Optional<Duration> maxAge, Optional<Duration> checkDbMaxAge) {
    private static final String BACKUP = "maxAge";
    private static final String CHECK = "checkDbMaxAge";
    private static final BackupSpec NOTHING = new BackupSpec(Optional.empty(), Optional.empty());

    static BackupSpec read(SpecFields spec) {
        return spec.optionalObject("backup").map(BackupSpec::of).orElse(NOTHING);
    }

    private static BackupSpec of(SpecFields f) {
        f.only(BACKUP, CHECK);
        return new BackupSpec(age(f, BACKUP), age(f, CHECK));
    }

    /** Whether anybody asks. */
    public boolean asks() {
        return maxAge.isPresent() || checkDbMaxAge.isPresent();
    }

    private static Optional<Duration> age(SpecFields f, String key) {
        return f.has(key) ? Optional.of(f.duration(key, Duration.ZERO)) : Optional.empty();
    }
}
