package io.gds.engine.mssql.internal.hotfix;

import io.gds.database.spi.StepContext;

/** The keys of a step's jobs on a host: the run, the step, and which try it is. */
final class JobKeys {
    private JobKeys() {}

    /** What the keys of all jobs of a run begin with. */
    static String ofRun(StepContext<?> c) {
        return c.run() + ".";
    }

    /** The key of a try; the first one is 1. A step and its way back have one id, and are two things. */
    static String of(StepContext<?> c, SetupGoal goal, int attempt) {
        return ofRun(c) + c.step().id().value().replaceAll("[^A-Za-z0-9_-]", "-") + "." + goal.verb() + "." + attempt;
    }
}
