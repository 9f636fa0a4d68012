package io.gds.database.core.internal.packages;

import io.gds.database.plan.Params;
import io.gds.database.spi.HostShell;
import io.gds.database.spi.PackageManager;
import io.gds.database.spi.PackageManagerProvider;
import java.util.function.Function;

/**
 * Type {@code dnf}. Settings: {@code program}, the absolute path of the server program; {@code names}, the packages that
 * belong together, if they shall not be found by the program; {@code lockTimeout}, how long the locks of others are waited
 * for, a minute unless said; {@code refresh}, whether to fetch the index of the repositories first, true unless said.
 * Thread-safe.
 */
public final class DnfPackagesProvider implements PackageManagerProvider {
    /** For {@code ServiceLoader}. */
    public DnfPackagesProvider() {}

    @Override
    public String type() {
        return "dnf";
    }

    @Override
    public PackageManager open(Params settings, Function<String, HostShell> shells) {
        PackageSettings read = PackageSettings.of(settings);
        return new SystemPackages(new Dnf(read), read, shells);
    }
}
