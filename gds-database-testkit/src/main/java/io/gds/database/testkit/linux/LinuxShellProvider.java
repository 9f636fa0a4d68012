package io.gds.database.testkit.linux;

import io.gds.database.plan.Params;
import io.gds.database.spi.HostShell;
import io.gds.database.spi.HostShellProvider;
import io.gds.database.spi.Secrets;

/** Type {@code model-linux}: {@link LinuxHost}s behind a {@link LinuxShellServer}, at {@code port}. A test names it in its own services. */
public final class LinuxShellProvider implements HostShellProvider {
    /** For ServiceLoader. */
    public LinuxShellProvider() {}

    @Override
    public String type() {
        return "model-linux";
    }

    @Override
    public HostShell open(String host, Params settings, Secrets secrets) {
        return new ModelShell(host, (int) settings.integer("port"));
    }
}
