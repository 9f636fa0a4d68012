package io.gds.database.core.internal.packages;

import io.gds.database.plan.Params;
import io.gds.database.spi.HostShell;
import io.gds.database.spi.PackageManager;
import io.gds.database.spi.PackageManagerProvider;
import java.util.function.Function;

/**
 * Type {@code directories}. Settings: {@code root}, a directory with one sub-directory per version; {@code link}, the
 * symbolic link that servers are started through, with <code>{member}</code> for the member's name. Thread-safe.
 */
public final class DirectoriesPackagesProvider implements PackageManagerProvider {
    /** For {@code ServiceLoader}. */
    public DirectoriesPackagesProvider() {}

    @Override
    public String type() {
        return "directories";
    }

    @Override
    public PackageManager open(Params settings, Function<String, HostShell> shells) {
        return new DirectoriesPackages(text(settings, "root"), text(settings, "link"), shells);
    }

    private static String text(Params settings, String key) {
        return settings.optionalString(key).orElse("");
    }
}
