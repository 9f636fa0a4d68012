package io.gds.database.core.internal.packages;

import static java.util.Objects.requireNonNull;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.version.EngineVersion;
import java.util.Optional;

/**
 * A version as a distribution writes it, {@code [epoch:]upstream-revision}, for Debian and rpm alike.
 *
 * @param text for example {@code 15.20-0+deb12u1} or {@code 1:4.4.0-2.el9}
 */
record PackageVersion(String text) {
    PackageVersion {
        requireNonNull(text, "text");
    }

    /** What the product's makers call it; empty when that is no version at all. */
    Optional<EngineVersion> upstream() {
        String rest = text.substring(text.indexOf(':') + 1);
        int revision = rest.lastIndexOf('-');
        try {
            EngineVersion parsed = EngineVersion.parse(revision > 0 ? rest.substring(0, revision) : rest);
            return Optional.of(parsed.withoutRevision());
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
