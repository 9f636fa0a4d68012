package io.gds.database.spi;

import io.gds.database.DatabaseEngine;
import io.gds.database.error.Problem;
import io.gds.database.plan.Params;
import java.nio.file.Path;
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
     * Puts what a spec has in files of its own in their place, so that a reference to the cluster holds all of it and any
     * process can open it again. Called when a spec is read as a file or a text, before {@link #check}, also for specs with
     * mistakes, which it leaves to the check. May read the files that the spec names, and does nothing else.
     *
     * @param spec the whole spec
     * @param directory where relative paths begin: the directory of the spec's file, or that of the process for a text
     * @return the spec, with the same engine and name
     * @throws io.gds.database.error.InvalidSpecException with every mistake in such a file
     * @throws io.gds.database.error.GdsDatabaseException when such a file cannot be read
     */
    default Params complete(Params spec, Path directory) {
        return spec;
    }

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

    /** Tables of the history in the engine's own words; asked for whenever a history is opened. */
    default Collection<HistoryView> historyViews() {
        return List.of();
    }
}
