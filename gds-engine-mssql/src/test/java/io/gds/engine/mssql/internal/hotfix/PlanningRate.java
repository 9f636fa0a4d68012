package io.gds.engine.mssql.internal.hotfix;

import io.gds.database.plan.ClusterRef;
import io.gds.database.plan.Params;
import io.gds.database.plan.Plan;
import io.gds.engine.mssql.HotfixRequest;
import io.gds.engine.mssql.internal.build.Build;
import io.gds.engine.mssql.internal.config.Authentication;
import io.gds.engine.mssql.internal.config.PackageSpec;
import io.gds.engine.mssql.internal.config.TargetSpec;
import io.gds.engine.mssql.internal.mapping.HotfixMapping;
import io.gds.engine.mssql.internal.mapping.MappingReader;
import io.gds.engine.mssql.internal.sql.InstanceFacts;
import io.gds.engine.mssql.internal.survey.HostFacts;
import io.gds.engine.mssql.internal.survey.HostSurvey;
import io.gds.engine.mssql.internal.survey.InstanceSurvey;
import io.gds.engine.mssql.internal.windows.PackageFacts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/** How many servers are planned in a second, from what was surveyed to a plan with its hash. */
public final class PlanningRate {
    private static final String PATH = "D:\\packages\\hotfixes\\2022\\SQLServer2022-KB5048038-x64.exe";
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private PlanningRate() {}

    /**
     * Plans a fleet.
     *
     * @param servers how many
     * @param mapping a mapping with an entry for 2022
     * @return the plan
     */
    public static Plan plan(int servers, String mapping) {
        HotfixMapping read = MappingReader.read("figures", mapping);
        HotfixRequest request = HotfixRequest.of("figures", mapping);
        PackagePaths paths = new PackagePaths(Optional.of("D:\\packages"));
        PackageSpec packages =
                new PackageSpec(Optional.of("D:\\packages"), Map.of(), Optional.empty(), "O=Microsoft Corporation");
        List<ServerDecision> fleet = Decisions.of(
                IntStream.range(0, servers).mapToObj(PlanningRate::survey).toList(), read);
        return HotfixPlan.of(new ClusterRef("mssql", "fleet", Params.empty()), "figures", fleet, request, paths)
                .findings(FleetFindings.of(fleet, List.of(), packages, paths, false))
                .createdAt(NOON)
                .build();
    }

    private static HostSurvey survey(int number) {
        String name = "SQL" + number;
        TargetSpec target = new TargetSpec(
                name,
                Optional.empty(),
                OptionalInt.empty(),
                Authentication.SQL,
                Optional.of("gds"),
                Optional.of("env:PASSWORD"),
                Set.of(),
                "test",
                true);
        InstanceFacts facts = new InstanceFacts(
                Build.of("16.0.4135.4"),
                "16.0.4135.4",
                "RTM",
                Optional.of("CU14"),
                Optional.empty(),
                "Enterprise Edition: Core-based Licensing (64-bit)",
                name,
                name,
                false,
                false,
                true,
                NOON);
        HostFacts host = new HostFacts(
                name,
                "CORP\\gds",
                true,
                NOON,
                NOON,
                "C:",
                Map.of("C:", 100L << 30),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        PackageFacts update = new PackageFacts(
                PATH, PATH, true, "", 700L << 20, "ab".repeat(32), "Valid", "O=Microsoft Corporation", "16.0.4165.4");
        return new HostSurvey(
                name,
                Optional.of(host),
                "",
                List.of(new InstanceSurvey(target, Optional.of(facts), "", Optional.empty())),
                Map.of(PATH, update));
    }
}
