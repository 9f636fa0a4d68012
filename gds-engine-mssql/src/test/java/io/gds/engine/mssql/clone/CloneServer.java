package io.gds.engine.mssql.clone;

import io.gds.database.testkit.mssql.InstalledInstance;
import io.gds.database.testkit.mssql.SqlInstance;
import io.gds.database.testkit.mssql.UpdatePackage;
import io.gds.database.testkit.windows.HostTimer;
import io.gds.database.testkit.windows.RemoteWindows;
import io.gds.database.testkit.windows.WindowsHost;
import io.gds.database.testkit.winrm.WinRmServer;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/** A host with one instance, at an address of its own: production, or the sandbox. */
final class CloneServer implements AutoCloseable {
    static final String OLD = "16.0.4135.4";
    static final String NEW = "16.0.4165.4";
    static final String EDITION = "Enterprise Edition: Core-based Licensing (64-bit)";
    static final String PASSWORD = "of-the-test";

    private static final String PACKAGE = "D:\\packages\\hotfixes\\2022\\SQLServer2022-KB5048038-x64.exe";

    final String address;
    final WindowsHost host;
    final InstalledInstance installed;
    final UpdatePackage update;
    final SqlInstance instance;
    final WinRmServer winRm;

    CloneServer(String name, String address, int winRmPort, String version, HostTimer timer) throws IOException {
        this.address = address;
        host = new WindowsHost(name, timer);
        installed = InstalledInstance.on(host, "MSSQLSERVER", version, EDITION);
        update = UpdatePackage.at(host, PACKAGE, NEW, List.of(installed)).unpacksIn(Duration.ofMillis(50));
        InetAddress at = InetAddress.getByName(address);
        instance = SqlInstance.start(host, installed, EDITION, "gds", PASSWORD, at, 0)
                .scriptsTake(Duration.ofMillis(200));
        winRm = WinRmServer.builder(new RemoteWindows(host))
                .account("Administrator", PASSWORD)
                .negotiate()
                .address(at)
                .port(winRmPort)
                .start();
    }

    int port() {
        return instance.server().port();
    }

    @Override
    public void close() {
        winRm.close();
        instance.close();
    }
}
