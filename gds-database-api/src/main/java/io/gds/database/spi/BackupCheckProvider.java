package io.gds.database.spi;

import io.gds.database.plan.Params;
import java.util.function.Function;

/**
 * Makes backup checks of one type. Found by {@code ServiceLoader}; called when an engine is opened or plans; must not
 * block and must touch nothing: hosts and services are asked when the check is.
 */
public interface BackupCheckProvider {
    /** The value of {@code backup.type} in a cluster spec that this provider answers for. */
    String type();

    /**
     * Makes a check.
     *
     * @param settings the spec's {@code backup} object
     * @param shells the shell of a host by the host's name
     * @param secrets for references in the settings, resolved at use
     * @throws io.gds.database.error.InvalidSpecException with every mistake in the settings
     */
    BackupCheck open(Params settings, Function<String, HostShell> shells, Secrets secrets);
}
