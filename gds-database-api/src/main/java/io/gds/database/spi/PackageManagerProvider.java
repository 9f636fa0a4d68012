package io.gds.database.spi;

import io.gds.database.plan.Params;
import java.util.function.Function;

/**
 * Makes package managers of one type. Found by {@code ServiceLoader}; called when an engine is opened; must not block.
 */
public interface PackageManagerProvider {
    /** The value of {@code packages.type} in a cluster spec that this provider answers for. */
    String type();

    /**
     * Makes a package manager.
     *
     * @param settings the spec's {@code packages} object
     * @param shells the shell of the host that a member lives on
     */
    PackageManager open(Params settings, Function<String, HostShell> shells);
}
