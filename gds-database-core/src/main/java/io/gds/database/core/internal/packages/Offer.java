package io.gds.database.core.internal.packages;

import static java.util.Objects.requireNonNull;

/**
 * A version of a package that a repository has.
 *
 * @param name the package
 * @param architecture what it is built for
 * @param version the version
 * @param source the version of the source package that it was built from
 * @param bytes how large the file to fetch is, 0 when the repository does not say
 * @param unpackedBytes how much room it takes, 0 when the repository does not say
 */
record Offer(String name, String architecture, PackageVersion version, String source, long bytes, long unpackedBytes) {
    Offer {
        requireNonNull(name, "name");
        requireNonNull(architecture, "architecture");
        requireNonNull(version, "version");
        requireNonNull(source, "source");
    }

    /** The package as it is already there. */
    static Offer of(InstalledPackage installed) {
        return new Offer(installed.name(), installed.architecture(), installed.version(), installed.source(), 0, 0);
    }

    boolean isOf(InstalledPackage installed) {
        return name.equals(installed.name())
                && (installed.architecture().isEmpty() || architecture.equals(installed.architecture()));
    }
}
