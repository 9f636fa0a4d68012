package io.gds.database.core.internal.run;

import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import java.util.Optional;

/** What the driver knows of the availability probe. Called by the run's coordinating thread only. */
public interface Availability extends AutoCloseable {
    /** Starts or stops the writers as the state of the run asks for. */
    void follow(RunState state);

    /** Why the run must stop: the longest write gap is over its limit. */
    Optional<Finding> breach();

    /** A report to journal, once. */
    Optional<Params> takeReport();

    /** Stops the writers; the table and the ledger stay. */
    @Override
    void close();

    /** Measures nothing. */
    static Availability none() {
        return new Availability() {
            @Override
            public void follow(RunState state) {}

            @Override
            public Optional<Finding> breach() {
                return Optional.empty();
            }

            @Override
            public Optional<Params> takeReport() {
                return Optional.empty();
            }

            @Override
            public void close() {}
        };
    }
}
