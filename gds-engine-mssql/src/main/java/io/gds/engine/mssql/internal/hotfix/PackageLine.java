package io.gds.engine.mssql.internal.hotfix;

import io.gds.database.plan.Params;
import io.gds.engine.mssql.internal.build.Build;
import io.gds.engine.mssql.internal.build.Family;
import io.gds.engine.mssql.internal.mapping.Hotfix;
import io.gds.engine.mssql.internal.mapping.InstallerFile;
import io.gds.engine.mssql.internal.windows.PackageFacts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The packages that bring an instance to a build, or off it again, one after the other.
 *
 * @param family whose setup they are for
 * @param target the build that they lead to, or off which they lead
 * @param packages each with {@code path}, {@code sha256}, {@code order}, {@code required}, {@code arguments} and {@code removal}
 */
record PackageLine(Family family, Build target, List<Params> packages) {
    private static final String FAMILY = "family";
    private static final String TARGET = "target";
    private static final String PACKAGES = "packages";

    /** How it is found out what a package is. */
    @FunctionalInterface
    interface Looks {
        /** What lies at a path of the mapping. */
        PackageFacts at(String path);
    }

    /** Copies the list. */
    PackageLine {
        packages = List.copyOf(packages);
    }

    static PackageLine of(Hotfix hotfix, PackagePaths paths, Looks looks) {
        List<Params> packages = new ArrayList<>();
        for (InstallerFile file : hotfix.files()) {
            PackageFacts facts = looks.at(paths.of(file).orElseThrow());
            packages.add(Params.of("path", facts.file(), "sha256", facts.sha256(), "order", file.order())
                    .with("required", file.required())
                    .with("arguments", file.arguments().words())
                    .with("removal", file.arguments().removal().words()));
        }
        return new PackageLine(hotfix.family(), hotfix.target(), packages);
    }

    /** As a plan keeps it. */
    Params document() {
        return Params.of(FAMILY, family.label(), TARGET, target.toString(), PACKAGES, packages);
    }

    static PackageLine fromDocument(Params p) {
        return new PackageLine(
                Family.named(p.string(FAMILY)).orElseThrow(), Build.of(p.string(TARGET)), p.objects(PACKAGES));
    }

    /** The packages in the order in which they are taken off: the last one first. */
    List<Params> backwards() {
        List<Params> back = new ArrayList<>(packages);
        Collections.reverse(back);
        return back;
    }
}
