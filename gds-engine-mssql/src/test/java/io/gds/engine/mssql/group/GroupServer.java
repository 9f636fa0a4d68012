package io.gds.engine.mssql.group;

import io.gds.database.testkit.mssql.InstalledInstance;
import io.gds.database.testkit.mssql.SetupBehaviour;
import io.gds.database.testkit.mssql.SqlInstance;
import io.gds.database.testkit.mssql.UpdatePackage;
import io.gds.database.testkit.windows.HostService;
import io.gds.database.testkit.windows.HostTimer;
import io.gds.database.testkit.windows.RemoteWindows;
import io.gds.database.testkit.windows.WindowsHost;
import io.gds.database.testkit.winrm.WinRmServer;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** A Windows host at an address of its own with one instance, and the package that is to be installed there. */
final class GroupServer implements AutoCloseable {
    static final String OLD = "16.0.4135.4";
    static final String NEW = "16.0.4165.4";
    static final String EDITION = "Enterprise Edition: Core-based Licensing (64-bit)";
    static final String PASSWORD = "of-the-test";
    static final SetupBehaviour QUICK = SetupBehaviour.good().in(Duration.ofMillis(300));

    static final String PACKAGE = "D:\\packages\\hotfixes\\2022\\SQLServer2022-KB5048038-x64.exe";

    final String address;
    final WindowsHost host;
    final InstalledInstance installed;
    final UpdatePackage update;
    final SqlInstance instance;
    final WinRmServer winRm;

    GroupServer(String name, String address, int winRmPort, HostTimer timer) throws IOException {
        this.address = address;
        host = new WindowsHost(name, timer);
        installed = InstalledInstance.on(host, "MSSQLSERVER", OLD, EDITION);
        update = UpdatePackage.at(host, PACKAGE, NEW, List.of(installed)).unpacksIn(Duration.ofMillis(50));
        for (int i = 0; i < 20; i++) {
            update.next(QUICK);
        }
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

    HostService service() {
        return Objects.requireNonNull(host.services().find("MSSQLSERVER"));
    }

    /** Whether nothing of a run is left on the host. */
    boolean isClean() {
        return host.files().list("C:\\ProgramData\\gds\\jobs", true).isEmpty()
                && !host.files().exists("C:\\ProgramData\\gds\\claim")
                && host.tasks().all().isEmpty();
    }

    @Override
    public void close() {
        winRm.close();
        instance.close();
    }
}
