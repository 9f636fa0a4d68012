package io.gds.database.spi;

import io.gds.database.DatabaseEngine;
import io.gds.database.error.Problem;
import io.gds.database.plan.Params;
import java.util.Collection;
import java.util.List;

/**
 * The entry of an engine plugin, found by {@code ServiceLoader}.
 *
 * <p>Ids are lower-case and unique: two providers of one id are an error that names both. A provider that throws while
 * it is loaded is reported and does not hide the others.
 *
 * @param <E> the engine
 */
public interface EngineProvider<E extends DatabaseEngine> {
    /** The engine's id, the value of {@code engine} in a cluster spec. */
    String id();

    /**
     * Names every mistake in the engine's part of a spec. Called before {@link #open}, on any thread; must not block and
     * must touch nothing.
     *
     * @param spec the whole spec
     * @return problems whose {@code field} is the path within the spec; the core adds the line
     */
    List<Problem> check(Params spec);

    /**
     * Opens a cluster for reading. Called on any thread; may block for seconds; must change nothing. What it throws
     * reaches the caller of {@code Engines.open}.
     */
    E open(Params spec, EngineContext context);

    /** The handlers of the engine's own actions; stateless, asked for once. */
    Collection<? extends StepHandler<E>> handlers();

    /** The engine's own procedures beyond the rolling patch; asked for once. */
    default Collection<? extends Procedure<E, ?>> procedures() {
        return List.of();
    }
}
