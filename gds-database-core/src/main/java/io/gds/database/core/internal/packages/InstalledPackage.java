package io.gds.database.core.internal.packages;

import static java.util.Objects.requireNonNull;

/**
 * A package as it is on a host.
 *
 * @param name its name
 * @param architecture {@code amd64}, {@code all}, {@code x86_64}, {@code noarch}; empty when it is not
 *     installed
 * @param version its version; empty text when it is not installed
 * @param source the version of the source package that it was built from
 * @param held whether an administrator holds it
 * @param whole whether it is installed completely
 */
record InstalledPackage(
        String name, String architecture, PackageVersion version, String source, boolean held, boolean whole) {
    InstalledPackage {
        requireNonNull(name, "name");
        requireNonNull(architecture, "architecture");
        requireNonNull(version, "version");
        requireNonNull(source, "source");
    }

    /** One that is not on the host. */
    static InstalledPackage absent(String name) {
        return new InstalledPackage(name, "", new PackageVersion(""), "", false, false);
    }

    boolean is(Offer offer) {
        return whole && version.equals(offer.version());
    }
}
