package io.gds.database.core.internal.packages;

import static java.util.Objects.requireNonNull;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.version.EngineVersion;
import java.util.Comparator;
import java.util.Optional;

/**
 * A version as a distribution writes it, {@code [epoch:]upstream-revision}, for Debian and rpm alike.
 *
 * @param text for example {@code 15.20-0+deb12u1} or {@code 1:4.4.0-2.el9}
 */
record PackageVersion(String text) {
    /**
     * By numbers and text, as {@code sort -V} has it; what is no version comes first. Good for revisions of one release, which
     * is what is compared.
     */
    static final Comparator<PackageVersion> NATURAL = Comparator.comparing(
            PackageVersion::parsed,
            (a, b) -> a.isPresent() && b.isPresent()
                    ? a.get().compareTo(b.get())
                    : Boolean.compare(a.isPresent(), b.isPresent()));

    PackageVersion {
        requireNonNull(text, "text");
    }

    /** What the product's makers call it; empty when that is no version at all. */
    Optional<EngineVersion> upstream() {
        String rest = withoutEpoch();
        int revision = rest.lastIndexOf('-');
        return parse(revision > 0 ? rest.substring(0, revision) : rest).map(EngineVersion::withoutRevision);
    }

    private Optional<EngineVersion> parsed() {
        return parse(withoutEpoch());
    }

    private String withoutEpoch() {
        return text.substring(text.indexOf(':') + 1);
    }

    private static Optional<EngineVersion> parse(String version) {
        try {
            return Optional.of(EngineVersion.parse(version));
        } catch (GdsDatabaseException e) {
            return Optional.empty();
        }
    }

    boolean isRelease(EngineVersion version) {
        return upstream().filter(version::sameRelease).isPresent();
    }

    @Override
    public String toString() {
        return text;
    }
}
