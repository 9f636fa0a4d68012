package io.gds.engine.mssql.internal.clone;

import io.gds.database.plan.Params;
import io.gds.engine.mssql.internal.build.Build;
import io.gds.engine.mssql.internal.hotfix.SandboxSetup;
import java.util.List;
import java.util.Optional;

/**
 * What a clone test is about, as its plan keeps it.
 *
 * @param source the instance whose databases are copied
 * @param databases by their names there, in the order of the plan
 * @param setup which builds setup begins at and leads to; empty when nothing is installed
 */
record CloneScope(String source, List<String> databases, Optional<SandboxSetup.Range> setup) {
    private static final String SOURCE = "source";
    private static final String DATABASES = "databases";
    private static final String MINIMUM = "minimum";
    private static final String TARGET = "target";

    CloneScope {
        databases = List.copyOf(databases);
    }

    Params document() {
        Params p = Params.of(SOURCE, source, DATABASES, databases);
        return setup.map(r -> p.with(MINIMUM, r.minimum().toString())
                        .with(TARGET, r.target().toString()))
                .orElse(p);
    }

    static CloneScope of(Params p) {
        return new CloneScope(
                p.string(SOURCE),
                p.strings(DATABASES),
                p.optionalString(TARGET).map(t -> new SandboxSetup.Range(Build.of(p.string(MINIMUM)), Build.of(t))));
    }
}
