package io.gds.engine.mssql.internal.hotfix;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Step;
import io.gds.engine.mssql.HotfixRequest;
import io.gds.engine.mssql.RestartPolicy;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.build.Build;
import io.gds.engine.mssql.internal.config.TargetSpec;
import io.gds.engine.mssql.internal.hotfix.InstanceDecision.Verdict;
import io.gds.engine.mssql.internal.mapping.Choice;
import io.gds.engine.mssql.internal.mapping.Hotfix;
import io.gds.engine.mssql.internal.mapping.HotfixMapping;
import io.gds.engine.mssql.internal.mapping.MappingReader;
import io.gds.engine.mssql.internal.sql.InstanceFacts;
import io.gds.engine.mssql.internal.survey.HostSurvey;
import io.gds.engine.mssql.internal.survey.InstanceSurvey;
import io.gds.engine.mssql.internal.survey.Surveyor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an instance of production would get, installed on a sandbox: the same packages, by the same steps as in a fleet. */
public final class SandboxSetup {
    private final HotfixRequest request;
    private final PackagePaths paths;
    private final Optional<Hotfix> hotfix;
    private final Optional<ServerDecision> server;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * Decides by a mapping.
     *
     * @param request with the mapping
     * @param name the instance of production
     * @param source what it runs
     * @param sandbox where its packages are tried out
     * @throws GdsDatabaseException with code {@code MSSQL-PACKAGE-MISSING} or {@code MSSQL-PACKAGES-ROOT} when there are packages that
     *     cannot be found
     */
    public SandboxSetup(
            MssqlEngine engine, HotfixRequest request, String name, InstanceFacts source, TargetSpec sandbox) {
        this.request = request;
        this.paths = new PackagePaths(engine.spec().packages().root());
        this.hotfix = chosen(name, source, MappingReader.read(request.source(), request.mapping()));
        this.server = hotfix.flatMap(h -> decided(engine, h, sandbox));
        server.ifPresent(s -> {
            boolean restarts = request.restart() == RestartPolicy.RESTART;
            findings.addAll(FleetFindings.of(
                    List.of(s), engine.spec().targets(), engine.spec().packages(), paths, restarts));
        });
    }

    private Optional<Hotfix> chosen(String name, InstanceFacts source, HotfixMapping mapping) {
        Choice choice = mapping.choose(source.build(), source.edition());
        if (choice instanceof Choice.Scheduled s) {
            return Optional.of(s.hotfix());
        }
        if (choice instanceof Choice.UpToDate u) {
            findings.add(Finding.warn(
                    "MSSQL-CLONE-UP-TO-DATE",
                    name,
                    "it runs " + source.version() + ", the target is "
                            + u.hotfix().target(),
                    "an instance that has something to gain",
                    "expect the test to show what runs already."));
            return Optional.of(u.hotfix());
        }
        String why = choice instanceof Choice.PrerequisiteFirst p
                ? "it runs " + source.version() + ", and the mapping asks for "
                        + p.hotfix().minimum() + " at least"
                : choice instanceof Choice.Unsupported u
                        ? u.message()
                        : "no mapping available for " + source.version() + ", " + source.edition();
        findings.add(Finding.block(
                "MSSQL-CLONE-NO-HOTFIX", name, why, "an entry of the mapping that applies", "correct the mapping."));
        return Optional.empty();
    }

    private Optional<ServerDecision> decided(MssqlEngine engine, Hotfix h, TargetSpec sandbox) {
        Surveyor surveyor = new Surveyor(engine);
        HostSurvey seen = surveyor.look(List.of(sandbox)).get(0);
        InstanceSurvey instance = seen.instances().get(0);
        if (seen.facts().isEmpty() || instance.facts().isEmpty()) {
            findings.add(Finding.block(
                    "MSSQL-SANDBOX-UNREACHABLE",
                    sandbox.name(),
                    seen.facts().isEmpty() ? "its host: " + seen.silence() : instance.silence(),
                    "an answer",
                    "see why it does not answer; setup needs a shell on its host."));
            return Optional.empty();
        }
        InstanceFacts facts = instance.facts().get();
        Build build = facts.build();
        Verdict verdict = !build.isBelow(h.target())
                ? Verdict.UP_TO_DATE
                : build.isBelow(h.minimum()) ? Verdict.PREREQUISITE : Verdict.SCHEDULED;
        if (build.equals(h.target())) {
            findings.add(Finding.warn(
                    "MSSQL-SANDBOX-UP-TO-DATE",
                    sandbox.name(),
                    "it runs " + facts.version() + " already, so nothing is installed",
                    "a build below " + h.target(),
                    "take the update off it first when setup is to be tried out, too."));
        }
        InstanceDecision decision = new InstanceDecision(
                instance, verdict, Optional.of(h), facts.version() + " -> " + h.target() + ", " + h);
        ServerDecision first = new ServerDecision(seen, List.of(decision));
        HotfixProcedure.refuseHomeless(List.of(first), paths);
        HostSurvey complete = surveyor.packages(List.of(seen), HotfixProcedure.needed(List.of(first), paths))
                .get(0);
        return Optional.of(new ServerDecision(complete, List.of(decision)));
    }

    /** The builds between which it may be applied, and that it leads to; empty when the mapping has nothing for production. */
    public Optional<Range> range() {
        return hotfix.map(h -> new Range(h.minimum(), h.target()));
    }

    /**
     * Between which builds an update may be applied.
     *
     * @param minimum the least one
     * @param target the one that it leads to
     */
    public record Range(Build minimum, Build target) {}

    /** What speaks against it, or should be known. */
    public List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** The steps, in their order; none when nothing is to be installed. */
    public List<Step> steps() {
        return server.filter(ServerDecision::isScheduled)
                .map(s -> HotfixPlan.ofServer(s, request, paths))
                .orElse(List.of());
    }
}
