package io.gds.engine.mssql.internal.config;

import io.gds.database.plan.Params;
import io.gds.database.spi.SpecFields;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What only a group on Linux has: packages of a distribution instead of a mapping, and perhaps a Pacemaker cluster that decides who leads.
 *
 * @param packages the settings of the library's package manager, with program and names filled in
 * @param pacemaker the cluster; empty for a group without one
 */
public record LinuxSpec(Params packages, Optional<PacemakerSpec> pacemaker) {
    private static final String PACKAGES = "packages";
    private static final String PACEMAKER = "pacemaker";
    private static final String TYPE = "type";
    private static final String PROGRAM = "/opt/mssql/bin/sqlservr";
    private static final String SERVER = "mssql-server";
    /** It holds the resource agent, without which there is no such cluster. */
    private static final String AGENT = "mssql-server-ha";

    /** Whether packages come from a package manager of the library, and not from a mapping. */
    static boolean isMeant(SpecFields packages) {
        return packages.has(TYPE);
    }

    static Optional<LinuxSpec> read(SpecFields spec, List<String> groups, List<TargetSpec> targets) {
        Optional<SpecFields> packages = object(spec, PACKAGES).filter(LinuxSpec::isMeant);
        Optional<SpecFields> pacemaker = spec.optionalObject(PACEMAKER);
        if (packages.isEmpty()) {
            pacemaker.ifPresent(p -> spec.wrong(
                    PACEMAKER,
                    "pacemaker without packages.type",
                    "packages: {type: apt} or another package manager of the library"));
            return Optional.empty();
        }
        check(spec, packages.get(), groups, targets);
        return Optional.of(new LinuxSpec(
                settings(packages.get(), pacemaker.isPresent()), pacemaker.map(p -> PacemakerSpec.read(p, targets))));
    }

    /** What others read too, who have said by then that it is no object. */
    private static Optional<SpecFields> object(SpecFields spec, String key) {
        return spec.values().get(key) instanceof Map ? spec.optionalObject(key) : Optional.empty();
    }

    private static void check(SpecFields spec, SpecFields packages, List<String> groups, List<TargetSpec> targets) {
        packages.text(TYPE, "the name of a package manager, for example apt");
        for (String key : PackageSpec.KEYS) {
            if (packages.has(key)) {
                packages.wrong(key, "a setting of packages for Windows beside type", "one of the two kinds");
            }
        }
        if (groups.size() != 1) {
            spec.wrong(
                    PACKAGES,
                    "packages.type and " + groups.size() + " groups",
                    "one availability group: on Linux each is patched by a spec of its own");
        }
        object(spec, "shell")
                .filter(s -> List.of("winrm", "windows-ssh").contains(s.values().get(TYPE)))
                .ifPresent(s -> s.wrong(
                        TYPE,
                        "\"" + s.values().get(TYPE) + "\"",
                        "a shell of Linux hosts, for example ssh, with packages.type"));
        targets.stream()
                .filter(t -> t.instance().isPresent())
                .findFirst()
                .ifPresent(t ->
                        spec.wrong("targets", t.name(), "default instances: SQL Server on Linux has no named ones"));
        if ("restart".equals(spec.values().get("restart"))) {
            spec.wrong(
                    "restart",
                    "\"restart\"",
                    "\"report\" or nothing: packages of a distribution ask for no restart of a host");
        }
    }

    private static Params settings(SpecFields packages, boolean hasAgent) {
        Params given = Params.of(packages.values());
        Params named =
                given.has("names") ? given : given.with("names", hasAgent ? List.of(SERVER, AGENT) : List.of(SERVER));
        return named.has("program") ? named : named.with("program", PROGRAM);
    }
}
