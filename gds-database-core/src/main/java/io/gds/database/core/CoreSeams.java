package io.gds.database.core;

import io.gds.database.core.internal.journal.JournalStore;
import io.gds.database.core.internal.run.Sleeper;
import io.gds.database.core.internal.testing.Seams;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** The seams of this package. */
final class CoreSeams implements Seams<Journal, RollingPatcher.Builder> {
    @Override
    public Journal journal(JournalStore store) {
        return Journal.on(store);
    }

    @Override
    public JournalStore store(Journal journal) {
        return journal.store();
    }

    @Override
    public RollingPatcher.Builder tune(
            RollingPatcher.Builder builder, Sleeper sleeper, Supplier<String> ids, Executor workers) {
        return builder.sleeper(sleeper).ids(ids).workers(workers);
    }
}
