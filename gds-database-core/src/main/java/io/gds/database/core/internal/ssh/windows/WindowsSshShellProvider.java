package io.gds.database.core.internal.ssh.windows;

import io.gds.database.core.internal.ssh.SshLibrary;
import io.gds.database.core.internal.ssh.SshSettings;
import io.gds.database.plan.Params;
import io.gds.database.spi.HostShell;
import io.gds.database.spi.HostShellProvider;
import io.gds.database.spi.Secrets;

/**
 * Type {@code windows-ssh}: Windows hosts reached by their OpenSSH, with the library sshj. Its settings are in docs/ssh.md.
 * Thread-safe.
 */
public final class WindowsSshShellProvider implements HostShellProvider {
    /** For {@code ServiceLoader}. */
    public WindowsSshShellProvider() {}

    @Override
    public String type() {
        return "windows-ssh";
    }

    @Override
    public HostShell open(String host, Params settings, Secrets secrets) {
        SshLibrary.require(host, type());
        return new WindowsSshShell(SshSettings.ofWindows(host, settings, secrets, System.getenv()));
    }
}
