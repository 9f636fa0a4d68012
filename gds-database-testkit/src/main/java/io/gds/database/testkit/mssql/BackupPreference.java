package io.gds.database.testkit.mssql;

/** Where the jobs of a group should take backups. */
public enum BackupPreference {
    /** On the primary. */
    PRIMARY(0),
    /** Never on the primary. */
    SECONDARY_ONLY(1),
    /** On a secondary if there is one. */
    SECONDARY(2),
    /** Anywhere. */
    NONE(3);

    private final int number;

    BackupPreference(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
