package io.gds.engine.postgres.internal.layout;

import java.util.Optional;

/** Where members keep their files, and whose these are. Thread-safe; may ask hosts. */
public interface Layout {
    /**
     * The data directory of a member on its host.
     *
     * @throws io.gds.database.error.GdsDatabaseException when the host does not tell
     */
    String dataDir(String member);

    /** The host's account that owns server and data; empty for the shell's own. */
    Optional<String> owner(String member);

    /** The server program of a member, for finding the packages that it belongs to; empty when it is not known. */
    Optional<String> program(String member);
}
