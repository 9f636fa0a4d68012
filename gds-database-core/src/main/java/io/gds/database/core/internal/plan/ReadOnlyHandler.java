package io.gds.database.core.internal.plan;

import io.gds.database.DatabaseEngine;
import io.gds.database.plan.Params;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.Probed;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;

/** A step without an effect: what it is for happens in one of its reading methods. */
abstract class ReadOnlyHandler extends VerbHandler {
    ReadOnlyHandler(String action) {
        super(action);
    }

    @Override
    public Prepared prepare(StepContext<DatabaseEngine> c) {
        return Prepared.proceed(Params.empty());
    }

    @Override
    public Params apply(StepContext<DatabaseEngine> c) {
        return Params.empty();
    }

    @Override
    public Verdict verify(StepContext<DatabaseEngine> c) {
        return Verdict.holds();
    }

    @Override
    public Probed probe(StepContext<DatabaseEngine> c) {
        return Probed.done();
    }
}
