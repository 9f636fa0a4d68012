package io.gds.database.core.internal.ssh;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import io.gds.database.spi.HostShell;
import io.gds.database.spi.HostShellProvider;
import io.gds.database.spi.Secrets;

/** Type {@code ssh}: hosts reached by SSH, with the library sshj. Its settings are in docs/ssh.md. Thread-safe. */
public final class SshShellProvider implements HostShellProvider {
    private static final String LIBRARY = "net.schmizz.sshj.SSHClient";

    /** For {@code ServiceLoader}. */
    public SshShellProvider() {}

    @Override
    public String type() {
        return "ssh";
    }

    @Override
    public HostShell open(String host, Params settings, Secrets secrets) {
        try {
            Class.forName(LIBRARY, false, SshShellProvider.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw GdsDatabaseException.user("GDS-SSH-LIBRARY")
                    .message("shell.type of host " + host + ": found \"ssh\", but the library sshj is not there.")
                    .remedy("add com.hierynomus:sshj to the program's dependencies (on the module path also"
                            + " --add-modules com.hierynomus.sshj), or use shell.type local.")
                    .cause(e)
                    .build();
        }
        return new SshShell(SshSettings.of(host, settings, secrets, System.getenv()));
    }
}
