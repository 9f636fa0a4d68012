package io.gds.database.testkit;

import static java.util.Objects.requireNonNull;

import io.gds.database.plan.TurnForecast;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the engine of a fake cluster can do beyond the least that every engine can. Set up before a run; every method
 * returns this. Thread-safe.
 */
public final class FakeAbilities {
    private @Nullable TurnForecast planned;
    private @Nullable TurnForecast measured;
    private boolean downloads;
    private boolean extensions;
    private int measurements;

    FakeAbilities() {}

    /**
     * The primary can be restarted where it is: the engine has the facet {@code PrimaryTurns}.
     *
     * @param forecast what it says when a plan is made
     * @param measurement what it says when the followers have been patched; may be replaced while a run goes on
     */
    public synchronized FakeAbilities restartsInPlace(TurnForecast forecast, TurnForecast measurement) {
        planned = requireNonNull(forecast, "forecast");
        measured = requireNonNull(measurement, "measurement");
        return this;
    }

    /** Versions are fetched before the first member goes down, and installations show their details. */
    public synchronized FakeAbilities downloads() {
        downloads = true;
        return this;
    }

    /** Extensions are updated behind a patch that asks for it. */
    public synchronized FakeAbilities updatesExtensions() {
        extensions = true;
        return this;
    }

    /** How often somebody asked what the two ways of the primary's turn would cost now. */
    public synchronized int measurements() {
        return measurements;
    }

    synchronized boolean canRestartInPlace() {
        return planned != null;
    }

    synchronized Optional<TurnForecast> planned() {
        return Optional.ofNullable(planned);
    }

    synchronized Optional<TurnForecast> takeMeasurement() {
        measurements++;
        return Optional.ofNullable(measured);
    }

    synchronized boolean canDownload() {
        return downloads;
    }

    synchronized boolean canUpdateExtensions() {
        return extensions;
    }
}
