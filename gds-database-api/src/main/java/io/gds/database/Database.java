package io.gds.database;

import java.nio.file.Path;

/** One database in a server. Thread-safe; calls block. */
public interface Database {
    /** Its name. */
    String name();

    /** Whether it is there now. */
    boolean exists();

    /**
     * Creates it with the product's defaults.
     *
     * @return whether it was created; {@code already} when it was there
     */
    OperationResult create();

    /**
     * Removes it with all that is in it. Sessions in it make this fail rather than end.
     *
     * @return whether it was removed; {@code already} when it was not there
     */
    OperationResult drop();

    /**
     * Writes its content and definitions into a directory that must be empty or absent.
     *
     * @throws io.gds.database.error.GdsDatabaseException with code {@code GDS-BACKUP-UNSUPPORTED-OBJECTS} naming every
     *     object that could not be carried, before anything is written
     */
    OperationResult backup(Path directory);

    /** Reads what {@link #backup} wrote into this database, which must be there and empty. */
    OperationResult restore(Path directory);

    /** Size, owner, collation and, where the product knows it, when it was created. */
    DatabaseMetadata metadata();
}
