package io.gds.engine.mssql.linux;

import io.gds.database.testkit.linux.LinuxHost;
import io.gds.database.testkit.linux.LinuxShellServer;
import io.gds.database.testkit.linux.SystemdUnit;
import io.gds.database.testkit.mssql.SqlInstance;
import io.gds.database.testkit.windows.HostTimer;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;

/** A host with Linux at an address of its own, the instance of its package, and the next release in its repository. */
final class LinuxServer implements AutoCloseable {
    static final String OLD = "16.0.4135.4";
    static final String NEW = "16.0.4165.4";
    static final String PASSWORD = "of-the-test";

    private static final String EDITION = "Enterprise Edition: Core-based Licensing (64-bit)";

    final String address;
    final LinuxHost host;
    final SqlInstance instance;
    private final LinuxShellServer shell;

    LinuxServer(String name, String address, int shellPort, HostTimer timer) throws IOException {
        this.address = address;
        host = new LinuxHost(name, timer);
        host.packages()
                .installed("mssql-server", OLD + "-1")
                .installed("mssql-server-ha", OLD + "-1")
                .installed("mssql-tools", "17.10.1.1-1")
                .offers("mssql-server", NEW + "-3")
                .offers("mssql-server-ha", NEW + "-3")
                .takes(Duration.ofMillis(300));
        InetAddress at = InetAddress.getByName(address);
        instance = SqlInstance.start(host, EDITION, "gds", PASSWORD, at, 0).scriptsTake(Duration.ofMillis(300));
        service().takes(Duration.ofMillis(100), Duration.ofMillis(100));
        shell = LinuxShellServer.start(host, at, shellPort);
    }

    SystemdUnit service() {
        return host.unit("mssql-server");
    }

    @Override
    public void close() {
        shell.close();
        instance.close();
    }
}
