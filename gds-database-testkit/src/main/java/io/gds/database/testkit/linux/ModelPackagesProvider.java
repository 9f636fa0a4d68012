package io.gds.database.testkit.linux;

import io.gds.database.plan.Params;
import io.gds.database.spi.HostShell;
import io.gds.database.spi.PackageManager;
import io.gds.database.spi.PackageManagerProvider;
import java.util.function.Function;

/** Type {@code model-packages}: the packages of {@link LinuxHost}s. A test names it in its own services. */
public final class ModelPackagesProvider implements PackageManagerProvider {
    /** For ServiceLoader. */
    public ModelPackagesProvider() {}

    @Override
    public String type() {
        return "model-packages";
    }

    @Override
    public PackageManager open(Params settings, Function<String, HostShell> shells) {
        return new ModelPackages(settings, shells);
    }
}
