package io.gds.database.core.internal.shell;

import io.gds.database.plan.Params;
import io.gds.database.spi.HostShell;
import io.gds.database.spi.HostShellProvider;
import io.gds.database.spi.Secrets;

/** Type {@code local}: every host is this one. Settings: {@code user}. Thread-safe. */
public final class LocalShellProvider implements HostShellProvider {
    /** For {@code ServiceLoader}. */
    public LocalShellProvider() {}

    @Override
    public String type() {
        return "local";
    }

    @Override
    public HostShell open(String host, Params settings, Secrets secrets) {
        return new LocalShell(host, settings.optionalString("user").orElse(""));
    }
}
