package io.gds.database.core.internal.testing;

import io.gds.database.core.internal.journal.JournalStore;
import io.gds.database.core.internal.run.Sleeper;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What tests may do to the core. The core's own types are parameters, since this package must not look back at them.
 *
 * @param <J> the journal
 * @param <B> the patcher's builder
 */
public interface Seams<J, B> {
    /** A journal on any store. */
    J journal(JournalStore store);

    /** The store of a journal. */
    JournalStore store(J journal);

    /** Replaces how time passes, how runs are named and where handlers run. */
    B tune(B builder, Sleeper sleeper, Supplier<String> ids, Executor workers);
}
