package io.gds.database.core.internal.journal;

import io.gds.database.plan.Params;
import io.gds.database.run.RunEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event before it has its place in the journal.
 *
 * @param type what happened
 * @param step the step it is about
 * @param data more
 * @param at when
 */
public record Draft(RunEvent.Type type, @Nullable String step, Params data, Instant at) {}
