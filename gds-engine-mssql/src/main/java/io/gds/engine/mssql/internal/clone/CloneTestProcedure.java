package io.gds.engine.mssql.internal.clone;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Plan;
import io.gds.database.plan.Step;
import io.gds.database.spi.Procedure;
import io.gds.engine.mssql.CloneTestRequest;
import io.gds.engine.mssql.HotfixRequest;
import io.gds.engine.mssql.RestartPolicy;
import io.gds.engine.mssql.SmokeQuery;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.admin.OnPrimary;
import io.gds.engine.mssql.internal.config.SandboxSpec;
import io.gds.engine.mssql.internal.config.TargetSpec;
import io.gds.engine.mssql.internal.hotfix.SandboxSetup;
import io.gds.engine.mssql.internal.sql.InstanceReader;
import io.gds.engine.mssql.internal.sql.SqlAccess;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Chooses what is copied, looks at production and at the sandbox, and lays the plan. */
public final class CloneTestProcedure implements Procedure<MssqlEngine, CloneTestRequest> {
    @Override
    public String id() {
        return CloneTestPlan.KIND;
    }

    @Override
    public Class<CloneTestRequest> accepts() {
        return CloneTestRequest.class;
    }

    /**
     * {@inheritDoc}
     *
     * @throws GdsDatabaseException with code {@code MSSQL-NO-SANDBOX}, {@code MSSQL-NO-MAPPING} or {@code MSSQL-NO-SOURCE} when the spec
     *     lacks it
     */
    @Override
    public Plan draft(MssqlEngine engine, CloneTestRequest request, Clock clock) {
        TargetSpec sandbox = engine.spec()
                .sandbox()
                .map(SandboxSpec::target)
                .orElseThrow(() -> missing(
                        "MSSQL-NO-SANDBOX",
                        "sandbox: found nothing, expected where copies are restored",
                        "add sandbox with server, user, secret and folder to the spec."));
        SqlAccess source = source(engine, request);
        String name = source.target().name();
        SourceDatabases chosen = SourceDatabases.of(source, request.databases());
        List<Finding> findings = new ArrayList<>(chosen.findings());
        CloneScope first = new CloneScope(name, chosen.names(), Optional.empty());
        Optional<HotfixRequest> hotfixes = hotfixes(engine, request);
        // Nobody asks the host of one that may be production.
        boolean apart = SandboxFindings.of(engine, sandbox, first).stream()
                .noneMatch(f -> f.severity() == Finding.Severity.BLOCK);
        Optional<SandboxSetup> setup = hotfixes.filter(h -> apart)
                .map(h -> new SandboxSetup(engine, h, name, InstanceReader.facts(source), sandbox));
        CloneScope scope = new CloneScope(name, chosen.names(), setup.flatMap(SandboxSetup::range));
        findings.addAll(SandboxFindings.of(engine, sandbox, scope));
        setup.ifPresent(s -> findings.addAll(s.findings()));
        request.smokeQueries().stream()
                .filter(q -> database(q, chosen.names()) == 0)
                .forEach(q -> findings.add(nowhere(q, chosen.names())));
        List<Step> steps = setup.map(SandboxSetup::steps).orElse(List.of());
        return CloneTestPlan.of(
                        engine.reference(), engine.topology().fingerprint(), request, scope, sandbox.server(), steps)
                .findings(findings)
                .createdAt(clock.instant())
                .build();
    }

    private static SqlAccess source(MssqlEngine engine, CloneTestRequest request) {
        List<TargetSpec> targets = engine.spec().targets();
        if (!request.source().isEmpty()) {
            return targets.stream()
                    .filter(t -> t.name().equalsIgnoreCase(request.source()))
                    .findFirst()
                    .map(t -> engine.access(t.name()))
                    .orElseThrow(() -> noSource("\"" + request.source() + "\"", targets));
        }
        if (engine.spec().isGrouped()) {
            return OnPrimary.access(engine);
        }
        if (targets.size() > 1) {
            throw noSource("nothing", targets);
        }
        return engine.access(targets.get(0).name());
    }

    private static GdsDatabaseException noSource(String found, List<TargetSpec> targets) {
        return missing(
                "MSSQL-NO-SOURCE",
                "source: found " + found + ", expected one of "
                        + targets.stream().map(TargetSpec::name).collect(Collectors.joining(", ")),
                "name the instance whose databases are copied by source().");
    }

    private static Optional<HotfixRequest> hotfixes(MssqlEngine engine, CloneTestRequest request) {
        if (!request.isBySpec()) {
            return request.hotfixes();
        }
        return Optional.of(engine.spec()
                .packages()
                .mapping()
                .map(m -> HotfixRequest.of("packages.mapping", m.toJson()))
                .map(h -> h.restart(engine.spec().restart() ? RestartPolicy.RESTART : RestartPolicy.REPORT))
                .orElseThrow(() -> missing(
                        "MSSQL-NO-MAPPING",
                        "packages.mapping: found nothing, expected a mapping",
                        "add it to the spec, or give the request one of its own.")));
    }

    private static GdsDatabaseException missing(String code, String what, String remedy) {
        return GdsDatabaseException.user(code)
                .message("a clone test: " + what + ".")
                .remedy(remedy)
                .build();
    }

    /** The place of the database that a query is for, from 1; 0 when there is none that it can be for. */
    static int database(SmokeQuery query, List<String> databases) {
        if (query.database().isEmpty()) {
            return databases.size() == 1 ? 1 : 0;
        }
        for (int i = 0; i < databases.size(); i++) {
            if (databases.get(i).equalsIgnoreCase(query.database().get())) {
                return i + 1;
            }
        }
        return 0;
    }

    private static Finding nowhere(SmokeQuery query, List<String> databases) {
        return Finding.block(
                "MSSQL-SMOKE-QUERY",
                query.name(),
                query.database().map(d -> "database " + d + " is not copied").orElse("no database is named"),
                "one of " + String.join(", ", databases),
                "name a database that is copied.");
    }
}
