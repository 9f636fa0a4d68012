package io.gds.database.spi;

import io.gds.database.DatabaseEngine;
import io.gds.database.plan.ChangeRequest;
import io.gds.database.plan.Plan;
import java.time.Clock;

/**
 * Turns a request into a plan. Reads only; called on the caller's thread; may block while it reads.
 *
 * <p>The core checks what it returns: no circles, every action has a handler, every bracket closes, a gate stands before
 * every seal.
 *
 * @param <E> the engine
 * @param <R> the request
 */
public interface Procedure<E extends DatabaseEngine, R extends ChangeRequest> {
    /** The plan's kind, for example {@code rolling-patch}. */
    String id();

    /** The requests it answers. */
    Class<R> accepts();

    /** Makes the plan. */
    Plan draft(E engine, R request, Clock clock);
}
