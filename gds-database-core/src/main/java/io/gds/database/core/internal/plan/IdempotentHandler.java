package io.gds.database.core.internal.plan;

import io.gds.database.DatabaseEngine;
import io.gds.database.plan.Params;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.Probed;
import io.gds.database.spi.StepContext;

/** A step whose effect may be called again at any time: what finds nothing left to do changes nothing. */
abstract class IdempotentHandler extends VerbHandler {
    IdempotentHandler(String action) {
        super(action);
    }

    @Override
    public Prepared prepare(StepContext<DatabaseEngine> c) {
        return Prepared.proceed(Params.empty());
    }

    /** Makes the effect, or what is left of it. */
    abstract void effect(StepContext<DatabaseEngine> c);

    @Override
    public final Params apply(StepContext<DatabaseEngine> c) {
        c.fence();
        effect(c);
        return Params.empty();
    }

    @Override
    public Probed probe(StepContext<DatabaseEngine> c) {
        return doneOrPartial(verify(c));
    }
}
