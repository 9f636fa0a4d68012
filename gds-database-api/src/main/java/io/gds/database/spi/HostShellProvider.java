package io.gds.database.spi;

import io.gds.database.plan.Params;

/**
 * Makes host shells of one type. Found by {@code ServiceLoader}; called on any thread, once per host and engine; may
 * block while connecting; what it throws becomes a refusal before anything is touched.
 */
public interface HostShellProvider {
    /** The value of {@code shell.type} in a cluster spec that this provider answers for. */
    String type();

    /**
     * Opens a shell.
     *
     * @param host the host to reach
     * @param settings the spec's {@code shell} object
     * @param secrets for references in the settings
     */
    HostShell open(String host, Params settings, Secrets secrets);
}
