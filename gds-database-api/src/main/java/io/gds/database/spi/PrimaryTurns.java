package io.gds.database.spi;

import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.TurnForecast;
import io.gds.database.version.EngineVersion;

/**
 * The facet of an engine whose primary can also be restarted where it is, on binaries that were put in place while it
 * served. Thread-safe; the rules of {@link RollingVerbs} hold here too.
 */
public interface PrimaryTurns {
    /** What either way would cost as far as it can be told when the plan is made. Reads only. */
    TurnForecast forecast(String primary, PatchRequest request);

    /**
     * What either way would cost by what this run has measured: called once, when all followers have been patched. May
     * do what is harmless, such as a checkpoint.
     */
    TurnForecast measure(String primary, StepContext<?> context);

    /**
     * What either way would cost this cluster by what was measured on a clone, which has no standbys. Reads only.
     *
     * @param onClone what {@link #measure} said of the clone
     */
    default TurnForecast rehearsed(String primary, TurnForecast onClone) {
        return onClone;
    }

    /** May the primary be restarted where it is, now? */
    Permit mayRestart(String primary, StepContext<?> context);

    /**
     * Restarts the primary where it is. Facts are those of {@link RollingVerbs#beforeStop}. Idempotent: a primary that
     * was restarted since is left alone.
     */
    void restart(String primary, EngineVersion version, StepContext<?> context);

    /** Whether the member was restarted, runs the version, and exactly one primary accepts writes. */
    Verdict restarted(String primary, EngineVersion version, StepContext<?> context);
}
