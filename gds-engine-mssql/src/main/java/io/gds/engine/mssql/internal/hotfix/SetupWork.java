package io.gds.engine.mssql.internal.hotfix;

import io.gds.database.plan.Params;
import io.gds.database.spi.StepContext;
import java.util.Optional;

/**
 * For whom setups run: what their jobs on hosts are named after, so that whoever comes again finds them.
 *
 * @param run the run
 * @param step what of the run
 * @param details the packages as a plan names them; empty when they are looked up
 * @param fence called right before each effect
 */
public record SetupWork(String run, String step, Optional<Params> details, Runnable fence) {
    /** Of a step of a plan. */
    public static SetupWork of(StepContext<?> c) {
        return new SetupWork(
                c.run().toString(),
                c.step().id().value(),
                c.params().has(MemberPackages.DETAILS)
                        ? Optional.of(c.params().object(MemberPackages.DETAILS))
                        : Optional.empty(),
                c::fence);
    }

    /** What the keys of all jobs of the run begin with. */
    public String prefix() {
        return run + ".";
    }

    /** The key of a try at one of several packages; the first one is 1. A step and its way back have one id, and are two things. */
    String key(SetupGoal goal, long order, int attempt) {
        return prefix() + step.replaceAll("[^A-Za-z0-9_-]", "-") + "." + goal.verb() + order + "." + attempt;
    }
}
