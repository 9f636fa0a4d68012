package io.gds.database.testkit.mssql;

import io.gds.database.testkit.linux.LinuxHost;
import io.gds.database.testkit.windows.HostTimer;
import java.time.Instant;

/** Linux: the package {@code mssql-server}, whose unit somebody else stops and starts. What it replaces runs after the next start. */
record LinuxHome(LinuxHost host) implements InstanceHome {
    static final String PACKAGE = "mssql-server";

    @Override
    public String hostName() {
        return host.name();
    }

    @Override
    public Instant now() {
        return host.timer().now();
    }

    @Override
    public HostTimer timer() {
        return host.timer();
    }

    @Override
    public boolean isUp() {
        return !host.isSilent();
    }

    @Override
    public String instance() {
        return "MSSQLSERVER";
    }

    /** Without the revision of the package. */
    @Override
    public String version() {
        return host.packages().version(PACKAGE).replaceFirst("-.*", "");
    }

    @Override
    public void tell(Runnable running, Runnable stopped) {
        host.unit(PACKAGE).whenRunning(running).whenStopped(stopped);
    }
}
