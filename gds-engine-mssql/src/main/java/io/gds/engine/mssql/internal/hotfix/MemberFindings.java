package io.gds.engine.mssql.internal.hotfix;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.database.version.EngineVersion;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.config.TargetSpec;
import io.gds.engine.mssql.internal.mapping.Hotfix;
import io.gds.engine.mssql.internal.sql.InstanceReader;
import io.gds.engine.mssql.internal.survey.HostFacts;
import io.gds.engine.mssql.internal.survey.HostReader;
import io.gds.engine.mssql.internal.survey.HostSurvey;
import io.gds.engine.mssql.internal.survey.InstanceSurvey;
import io.gds.engine.mssql.internal.survey.SideBySide;
import io.gds.engine.mssql.internal.windows.PackageFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the hosts of members, and the packages on them, say to an update: every host is looked at before the first step on any. */
public final class MemberFindings {
    /** That nothing leads an instance to the build. */
    public static final String NO_PACKAGE = "MSSQL-NO-PACKAGE";

    private final MssqlEngine engine;
    private final MemberPackages packages;
    private final EngineVersion target;

    private record Look(Optional<ServerDecision> decision, List<Finding> findings) {}

    /**
     * Of an update.
     *
     * @param target the build to reach
     */
    public MemberFindings(MssqlEngine engine, MemberPackages packages, EngineVersion target) {
        this.engine = engine;
        this.packages = packages;
        this.target = target;
    }

    /**
     * All findings.
     *
     * @throws GdsDatabaseException with code {@code MSSQL-PACKAGE-MISSING} naming every package that is not where it should be
     */
    public List<Finding> all() {
        return told(SideBySide.ask(engine.spec().targets(), this::look));
    }

    private List<Finding> told(List<Look> looks) {
        List<Finding> out = new ArrayList<>();
        looks.forEach(l -> out.addAll(l.findings()));
        List<ServerDecision> seen =
                looks.stream().flatMap(l -> l.decision().stream()).toList();
        PackageFindings.refuseMissing(seen, packages.paths());
        out.addAll(PackageFindings.of(seen, engine.spec().packages()));
        return List.copyOf(out);
    }

    /**
     * Of one member, for who installs on it alone.
     *
     * @throws GdsDatabaseException with code {@code MSSQL-PACKAGE-MISSING} as {@link #all()}
     */
    public List<Finding> of(String member) {
        return told(List.of(look(engine.access(member).target())));
    }

    /** The size of the largest package that an instance would get. */
    public long largest(String member) {
        return packages.leading(member, target)
                .map(h -> facts(h, member).values().stream()
                        .mapToLong(PackageFacts::bytes)
                        .max()
                        .orElse(0))
                .orElse(0L);
    }

    private Map<String, PackageFacts> facts(Hotfix hotfix, String member) {
        String server = engine.access(member).target().server();
        Map<String, PackageFacts> out = new LinkedHashMap<>();
        hotfix.files().forEach(f -> packages.paths()
                .of(f)
                .ifPresent(p -> out.put(p, packages.looks().at(server, p))));
        return out;
    }

    private Look look(TargetSpec target) {
        try {
            return seen(target);
        } catch (GdsDatabaseException e) {
            if (!e.retryable()) {
                throw e;
            }
            return new Look(
                    Optional.empty(),
                    List.of(Finding.block(
                            "MSSQL-HOST",
                            target.name(),
                            String.valueOf(e.getMessage()),
                            "an answer of its host",
                            "see why it does not answer.")));
        }
    }

    private Look seen(TargetSpec t) {
        Optional<Hotfix> hotfix = packages.leading(t.name(), target);
        HostFacts host = HostReader.read(engine.host(t.server()));
        List<Finding> out = new ArrayList<>();
        boolean there = packages.installed(t.name()).filter(target::equals).isPresent();
        if (hotfix.isEmpty()) {
            if (!there) {
                out.add(noPackage(t));
            }
            return new Look(Optional.empty(), out);
        }
        refuseHomeless(hotfix.get());
        Map<String, PackageFacts> facts = facts(hotfix.get(), t.name());
        long largest =
                facts.values().stream().mapToLong(PackageFacts::bytes).max().orElse(0);
        Set<String> meant = Set.of(TargetSpec.folded(t.instanceName()));
        out.addAll(ServerFindings.of(t.server(), host, meant, largest));
        out.addAll(new SideInstances(engine.spec().targets()).on(t.server(), host, List.of(hotfix.get()), meant));
        InstanceSurvey instance =
                new InstanceSurvey(t, Optional.of(InstanceReader.facts(engine.access(t.name()))), "", Optional.empty());
        InstanceDecision decision = new InstanceDecision(instance, InstanceDecision.Verdict.SCHEDULED, hotfix, "");
        HostSurvey survey = new HostSurvey(t.server(), Optional.of(host), "", List.of(instance), facts);
        return new Look(Optional.of(new ServerDecision(survey, List.of(decision))), out);
    }

    private Finding noPackage(TargetSpec t) {
        String known = packages.mapping().hotfixes().stream()
                .map(h -> h.target() + " (from " + h.minimum() + ")")
                .collect(Collectors.joining(", "));
        return Finding.block(
                NO_PACKAGE,
                t.name(),
                "packages.mapping has no entry that leads it to " + target,
                "one of " + known,
                "add an entry with that target_build for its version and edition, or ask for another version.");
    }

    private void refuseHomeless(Hotfix hotfix) {
        List<String> homeless = packages.paths().homeless(List.of(hotfix)).stream()
                .map(f -> f.filename())
                .toList();
        if (!homeless.isEmpty()) {
            throw GdsDatabaseException.user("MSSQL-PACKAGES-ROOT")
                    .message(
                            "packages with a relative path: " + String.join(", ", homeless)
                                    + "; packages.root: found nothing, expected the folder on the hosts that they are relative to.")
                    .remedy("add packages.root to the spec, for example D:\\packages.")
                    .build();
        }
    }
}
