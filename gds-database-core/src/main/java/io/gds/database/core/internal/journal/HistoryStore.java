package io.gds.database.core.internal.journal;

import io.gds.database.plan.Params;
import io.gds.database.spi.HistoryView;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What a store can be asked beyond runs and their events: tables over all of them. Thread-safe. */
public interface HistoryStore {
    /**
     * Makes the views of an engine, over its own plans alone, and takes away nobody's.
     *
     * @param engine its id
     */
    void define(String engine, Collection<HistoryView> views);

    /**
     * Rows of a view, oldest run first.
     *
     * @param view its name
     * @param filter columns and the values that they must have, without regard to case
     * @throws io.gds.database.error.GdsDatabaseException with code {@code GDS-HISTORY-VIEW} when there is no such view or column
     */
    List<Params> rows(String view, Map<String, String> filter);

    /** Servers that were ever targets: name, is_active, first_seen_at, last_seen_at. */
    List<Params> servers();

    /** Says whether a server still counts; false when it was never seen. */
    boolean activate(String server, boolean active);
}
