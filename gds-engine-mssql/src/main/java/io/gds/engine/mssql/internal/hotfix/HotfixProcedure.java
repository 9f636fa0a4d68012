package io.gds.engine.mssql.internal.hotfix;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Plan;
import io.gds.database.spi.Procedure;
import io.gds.engine.mssql.HotfixRequest;
import io.gds.engine.mssql.RestartPolicy;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.backup.BackupPreFlight;
import io.gds.engine.mssql.internal.config.MssqlSpec;
import io.gds.engine.mssql.internal.config.TargetSpec;
import io.gds.engine.mssql.internal.mapping.HotfixMapping;
import io.gds.engine.mssql.internal.mapping.InstallerFile;
import io.gds.engine.mssql.internal.mapping.MappingReader;
import io.gds.engine.mssql.internal.survey.HostSurvey;
import io.gds.engine.mssql.internal.survey.RightsPreFlight;
import io.gds.engine.mssql.internal.survey.Surveyor;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at a fleet, decides by the mapping what every instance gets, and lays the plan. */
public final class HotfixProcedure implements Procedure<MssqlEngine, HotfixRequest> {
    @Override
    public String id() {
        return HotfixPlan.KIND;
    }

    @Override
    public Class<HotfixRequest> accepts() {
        return HotfixRequest.class;
    }

    @Override
    public Plan draft(MssqlEngine engine, HotfixRequest request, Clock clock) {
        HotfixMapping mapping = MappingReader.read(request.source(), request.mapping());
        PackagePaths paths = new PackagePaths(engine.spec().packages().root());
        Surveyor surveyor = new Surveyor(engine);
        List<HostSurvey> seen = surveyor.look(chosen(engine.spec(), request));
        List<ServerDecision> first = Decisions.of(seen, mapping);
        refuseHomeless(first, paths);
        List<ServerDecision> fleet = Decisions.of(surveyor.packages(seen, needed(first, paths)), mapping);
        boolean restarts = request.restart() == RestartPolicy.RESTART;
        List<Finding> findings = new ArrayList<>(
                FleetFindings.of(fleet, engine.spec().targets(), engine.spec().packages(), paths, restarts));
        findings.addAll(judged(fleet, request, clock));
        findings.addAll(new RightsPreFlight(engine).of(scheduled(fleet)));
        findings.addAll(new BackupPreFlight(engine).of(scheduled(fleet)));
        return HotfixPlan.of(engine.reference(), engine.topology().fingerprint(), fleet, request, paths)
                .findings(findings)
                .createdAt(clock.instant())
                .build();
    }

    /** What a policy says to the builds that the mapping leads to. */
    private static List<Finding> judged(List<ServerDecision> fleet, HotfixRequest request, Clock clock) {
        List<Finding> out = new ArrayList<>();
        request.policy().ifPresent(policy -> {
            out.addAll(policy.ofCatalogue(clock));
            instances(fleet)
                    .forEach(i -> out.addAll(policy.judge(
                            i.instance().target().name(),
                            i.instance().facts().orElseThrow().version(),
                            i.hotfix().orElseThrow().target().toString(),
                            clock)));
        });
        return out;
    }

    private static List<String> scheduled(List<ServerDecision> fleet) {
        return instances(fleet).map(i -> i.instance().target().name()).toList();
    }

    private static Stream<InstanceDecision> instances(List<ServerDecision> fleet) {
        return fleet.stream().flatMap(s -> s.instances().stream()).filter(InstanceDecision::isScheduled);
    }

    private static List<TargetSpec> chosen(MssqlSpec spec, HotfixRequest request) {
        Set<String> names = request.servers();
        for (String name : names) {
            if (spec.targets().stream().noneMatch(t -> isNamed(t, name))) {
                throw GdsDatabaseException.user("MSSQL-NO-TARGET")
                        .message("servers: found \"" + name + "\", which is no target of " + spec.name()
                                + ", expected some of "
                                + spec.targets().stream().map(TargetSpec::name).collect(Collectors.joining(", ")) + ".")
                        .remedy("name a server, or host\\instance, of the spec.")
                        .build();
            }
        }
        return spec.enabled().stream()
                .filter(t -> names.isEmpty() || names.stream().anyMatch(n -> isNamed(t, n)))
                .toList();
    }

    private static boolean isNamed(TargetSpec target, String name) {
        return target.server().equalsIgnoreCase(name)
                || target.name().equalsIgnoreCase(name)
                || target.fullName().equalsIgnoreCase(name);
    }

    static void refuseHomeless(List<ServerDecision> fleet, PackagePaths paths) {
        Set<String> homeless = fleet.stream()
                .flatMap(s -> paths.homeless(s.hotfixes()).stream())
                .map(InstallerFile::filename)
                .collect(Collectors.toSet());
        if (!homeless.isEmpty()) {
            throw GdsDatabaseException.user("MSSQL-PACKAGES-ROOT")
                    .message(
                            "packages with a relative path: " + String.join(", ", homeless)
                                    + "; packages.root: found nothing, expected the folder on the hosts that they are relative to.")
                    .remedy("add packages.root to the spec, for example D:\\packages.")
                    .build();
        }
    }

    static Function<HostSurvey, List<String>> needed(List<ServerDecision> fleet, PackagePaths paths) {
        Map<String, List<String>> byServer = fleet.stream()
                .collect(Collectors.toMap(s -> s.host().server(), s -> s.hotfixes().stream()
                        .flatMap(h -> h.files().stream())
                        .flatMap(f -> paths.of(f).stream())
                        .distinct()
                        .toList()));
        return host -> byServer.getOrDefault(host.server(), List.of());
    }
}
