package io.gds.engine.mssql.internal.hotfix;

import io.gds.engine.mssql.internal.build.Build;
import io.gds.engine.mssql.internal.survey.RegisteredInstance;
import java.util.List;

/** What a run of setup is for. */
enum SetupGoal {
    /** The package is on the instances. */
    INSTALLED("install"),
    /** The package is off the instances again. */
    REMOVED("remove");

    private final String verb;

    SetupGoal(String verb) {
        this.verb = verb;
    }

    /** For people. */
    String verb() {
        return verb;
    }

    /** Whether the registry says that it is reached on all of some instances; what it cannot tell is not reached. */
    boolean isReached(List<RegisteredInstance> instances, Build target) {
        return !instances.isEmpty()
                && instances.stream()
                        .allMatch(i -> !i.halfInstalled()
                                && i.build()
                                        .filter(b -> b.isBelow(target) == (this == REMOVED))
                                        .isPresent());
    }
}
