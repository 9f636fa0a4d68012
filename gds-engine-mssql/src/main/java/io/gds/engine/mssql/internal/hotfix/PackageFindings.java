package io.gds.engine.mssql.internal.hotfix;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.engine.mssql.internal.config.PackageSpec;
import io.gds.engine.mssql.internal.mapping.Hotfix;
import io.gds.engine.mssql.internal.mapping.InstallerFile;
import io.gds.engine.mssql.internal.survey.HostSurvey;
import io.gds.engine.mssql.internal.windows.PackageFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is to be said of packages before they are used: where they are, whose they are, and what their setup is called with. */
final class PackageFindings {
    private final List<Finding> findings = new ArrayList<>();

    private PackageFindings() {}

    /** What speaks against them, or should be known about them. */
    static List<Finding> of(List<ServerDecision> fleet, PackageSpec packages) {
        PackageFindings all = new PackageFindings();
        fleet.stream()
                .flatMap(s -> s.instances().stream())
                .filter(InstanceDecision::isScheduled)
                .forEach(all::arguments);
        all.signatures(fleet, packages);
        return List.copyOf(all.findings);
    }

    /**
     * Looks that all of them are where they should be.
     *
     * @throws GdsDatabaseException with code {@code MSSQL-PACKAGE-MISSING} naming every one that is not
     */
    static void refuseMissing(List<ServerDecision> fleet, PackagePaths paths) {
        List<String> missing = new ArrayList<>();
        for (ServerDecision server : fleet) {
            for (Hotfix hotfix : server.hotfixes()) {
                for (InstallerFile file : hotfix.files()) {
                    Optional<String> path = paths.of(file);
                    for (HostSurvey host : server.hosts()) {
                        path.flatMap(p -> absent(host, p)).ifPresent(missing::add);
                    }
                }
            }
        }
        if (!missing.isEmpty()) {
            throw missing(missing);
        }
    }

    private static Optional<String> absent(HostSurvey host, String path) {
        PackageFacts facts = host.packages().get(path);
        if (facts == null) {
            return Optional.of(host.server() + ": " + path);
        }
        return facts.there() ? Optional.empty() : Optional.of(place(host.server(), facts));
    }

    /** One package that is not where it should be, with what is known about it. */
    static String place(String server, PackageFacts facts) {
        return server + ": " + facts.path()
                + (facts.why().isEmpty() ? "" : ": " + facts.why().strip());
    }

    /** The refusal for want of packages. */
    static GdsDatabaseException missing(List<String> places) {
        return GdsDatabaseException.user("MSSQL-PACKAGE-MISSING")
                .message("packages that the mapping names are not where they should be:\n  "
                        + String.join("\n  ", places) + "\n")
                .remedy(
                        "copy them there, or correct filename and path in the mapping or packages.root in the spec; a share of"
                                + " a file server is read by the accounts of the hosts' computers, who need the right to.")
                .build();
    }

    private void arguments(InstanceDecision i) {
        Hotfix hotfix = i.hotfix().orElseThrow();
        for (InstallerFile file : hotfix.files()) {
            if (!file.arguments().namesInstances()) {
                warn(
                        "MSSQL-NO-INSTANCE-ARGUMENT",
                        i.instance().target().name(),
                        file.filename()
                                + " is called without /AllInstances and without an instance: setup patches the shared"
                                + " components only",
                        "/AllInstances, or /InstanceName",
                        "add one of them to parameters in the mapping.");
            }
            if (!file.arguments().acceptsLicence()) {
                warn(
                        "MSSQL-NO-LICENCE-ARGUMENT",
                        i.instance().target().name(),
                        file.filename() + " is called without /IAcceptSQLServerLicenseTerms",
                        "the licence accepted, since nobody is there to be asked",
                        "add it to parameters in the mapping.");
            }
        }
    }

    /** A package is signed, by whom it should be, and one and the same on every host. */
    private void signatures(List<ServerDecision> fleet, PackageSpec packages) {
        Map<String, Set<String>> sums = new HashMap<>();
        List<HostSurvey> hosts = fleet.stream().flatMap(s -> s.hosts().stream()).toList();
        for (HostSurvey host : hosts) {
            host.packages().forEach((path, facts) -> {
                findings.addAll(ofOne(host.server(), facts, packages));
                String file = path.substring(path.lastIndexOf('\\') + 1);
                sums.computeIfAbsent(file.toLowerCase(Locale.ROOT), f -> new LinkedHashSet<>())
                        .add(facts.sha256());
            });
        }
        sums.forEach((file, different) -> {
            if (different.size() > 1) {
                findings.add(Finding.block(
                        "MSSQL-PACKAGE-DIFFERS",
                        file,
                        different.size() + " different contents under one name",
                        "the same package on every host",
                        "copy one and the same package to all of them."));
            }
        });
    }

    /** What speaks against one package on one host: nobody's signature, another one's, or another sum than the spec has. */
    static List<Finding> ofOne(String server, PackageFacts facts, PackageSpec packages) {
        List<Finding> out = new ArrayList<>();
        String where = server + ": " + facts.path();
        if (!facts.signature().equals("Valid") || !facts.signer().contains(packages.signer())) {
            out.add(Finding.block(
                    "MSSQL-PACKAGE-SIGNATURE",
                    where,
                    "signature " + facts.signature() + " by " + (facts.signer().isEmpty() ? "nobody" : facts.signer()),
                    "Valid, by " + packages.signer(),
                    "get the package again from its vendor."));
        }
        packages.pinned(facts.path().substring(facts.path().lastIndexOf('\\') + 1))
                .filter(wanted -> !wanted.equals(facts.sha256()))
                .ifPresent(wanted -> out.add(Finding.block(
                        "MSSQL-PACKAGE-SHA256",
                        where,
                        facts.sha256(),
                        wanted + ", as packages.sha256 says",
                        "get the package again, or correct the spec.")));
        return out;
    }

    private void warn(String id, String subject, String observed, String expected, String remedy) {
        findings.add(Finding.warn(id, subject, observed, expected, remedy));
    }
}
