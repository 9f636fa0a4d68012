package io.gds.engine.mssql.internal.clone;

import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.Probed;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import io.gds.engine.mssql.CloneTestHandle;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.config.TargetSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Looks once more that the sandbox is apart from production. From here on the run's copies and backups may be there. */
final class OpenHandler extends CloneStep {
    OpenHandler() {
        super(CloneActions.OPEN);
    }

    @Override
    public String describe(Params p) {
        return "look that the sandbox is none of the targets, in no group, of the right build and free";
    }

    @Override
    public Prepared prepare(StepContext<MssqlEngine> c) {
        TargetSpec sandbox = spec(c).target();
        CloneScope scope = CloneScope.of(c.params());
        List<Finding> against = SandboxFindings.of(c.engine(), sandbox, scope).stream()
                .filter(f -> f.severity() == Finding.Severity.BLOCK)
                .toList();
        return against.isEmpty() ? Prepared.proceed(handle(c, scope).facts()) : Prepared.refuse(together(against));
    }

    private static CloneTestHandle handle(StepContext<MssqlEngine> c, CloneScope scope) {
        Map<String, String> copies = new LinkedHashMap<>();
        for (String name : scope.databases()) {
            String copy = names(c).database(name, copies.size() + 1L).plain();
            copies.put(name, sandbox(c).connectionString(copy));
        }
        return new CloneTestHandle(sandbox(c).connectionString("master"), copies);
    }

    private static Finding together(List<Finding> against) {
        Finding first = against.get(0);
        return Finding.block(
                first.id(),
                first.subject(),
                against.stream().map(Finding::observed).collect(Collectors.joining("; ")),
                against.stream().map(Finding::expected).collect(Collectors.joining("; ")),
                against.stream().map(Finding::remedy).collect(Collectors.joining(" ")));
    }

    @Override
    public Params apply(StepContext<MssqlEngine> c) {
        return Params.empty();
    }

    @Override
    public Verdict verify(StepContext<MssqlEngine> c) {
        return Verdict.holds();
    }

    @Override
    public Probed probe(StepContext<MssqlEngine> c) {
        return Probed.done();
    }
}
