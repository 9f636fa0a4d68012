package io.gds.database.core.internal.ssh;

import io.gds.database.plan.Params;
import io.gds.database.spi.HostShell;
import io.gds.database.spi.HostShellProvider;
import io.gds.database.spi.Secrets;

/** Type {@code ssh}: hosts reached by SSH, with the library sshj. Its settings are in docs/ssh.md. Thread-safe. */
public final class SshShellProvider implements HostShellProvider {
    /** For {@code ServiceLoader}. */
    public SshShellProvider() {}

    @Override
    public String type() {
        return "ssh";
    }

    @Override
    public HostShell open(String host, Params settings, Secrets secrets) {
        SshLibrary.require(host, type());
        return new SshShell(SshSettings.of(host, settings, secrets, System.getenv()));
    }
}
