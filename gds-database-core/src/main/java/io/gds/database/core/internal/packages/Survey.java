package io.gds.database.core.internal.packages;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * The packages of one product on one host.
 *
 * @param main the package that owns the server program; empty when none does
 * @param packages the packages that belong together, the main one among them
 * @param unfinished whether an installation of ours was begun and has not come to its end
 */
record Survey(String main, List<InstalledPackage> packages, boolean unfinished) {
    Survey {
        requireNonNull(main, "main");
        packages = List.copyOf(packages);
    }

    Optional<InstalledPackage> mainPackage() {
        return packages.stream().filter(p -> p.name().equals(main)).findFirst();
    }

    /** Whether a start would find all that it needs, and of one piece. */
    boolean isWhole() {
        return !unfinished && !packages.isEmpty() && packages.stream().allMatch(InstalledPackage::whole);
    }
}
