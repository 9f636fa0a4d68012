package io.gds.database.core;

import io.gds.database.core.internal.journal.HistoryStore;
import io.gds.database.core.internal.services.Services;
import io.gds.database.spi.EngineProvider;

/** The tables of the history that installed engines have names for. */
final class EngineViews {
    private EngineViews() {}

    /** Defines all of them; an engine that cannot be loaded is told about when it is opened, not here. */
    static void define(HistoryStore history) {
        Services.load(Engines.type(), EngineProvider::id)
                .found()
                .forEach((id, e) -> history.define(id, e.historyViews()));
    }
}
