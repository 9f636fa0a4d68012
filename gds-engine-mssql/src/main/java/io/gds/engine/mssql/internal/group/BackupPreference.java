package io.gds.engine.mssql.internal.group;

/** Where backup jobs should run. Source: {@code sys.availability_groups.automated_backup_preference}. */
public enum BackupPreference {
    /** On the primary. */
    PRIMARY,
    /** On a secondary and never on the primary. */
    SECONDARY_ONLY,
    /** On a secondary while there is one. */
    SECONDARY,
    /** Anywhere. */
    NONE;

    static BackupPreference of(long number) {
        return values()[Math.toIntExact(number)];
    }
}
