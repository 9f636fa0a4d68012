package io.gds.database;

import java.util.List;

/** Sessions and background processes of a server. Thread-safe; calls block. */
public interface ProcessAdmin {
    /** All processes that this login may see, except its own. */
    List<ServerProcess> processes();

    /**
     * Ends a session.
     *
     * @return {@code changed} false when there is no such process any more
     */
    OperationResult kill(String id);
}
