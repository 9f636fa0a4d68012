package io.gds.database.core.internal.plan;

import io.gds.database.DatabaseEngine;
import io.gds.database.spi.Probed;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;

/** A step that only makes later ones shorter: nobody can tell whether it is done, and doing it again does no harm. */
abstract class HarmlessHandler extends IdempotentHandler {
    HarmlessHandler(String action) {
        super(action);
    }

    @Override
    public final Verdict verify(StepContext<DatabaseEngine> c) {
        return Verdict.holds();
    }

    @Override
    public final Probed probe(StepContext<DatabaseEngine> c) {
        return Probed.partial("may not be complete; doing it again does no harm");
    }
}
