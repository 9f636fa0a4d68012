package io.gds.engine.mssql.fleet;

import io.gds.database.testkit.mssql.InstalledInstance;
import io.gds.database.testkit.mssql.SetupBehaviour;
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

/** One server of a fleet, at an address of its own: a family, a fate, and what must have become of it. */
final class FleetServer implements AutoCloseable {
    /** What happens to a server. */
    enum Fate {
        /** It is patched. */
        GOOD("success"),
        /** It is patched and waits for a restart, which is only reported. */
        RESTART_LEFT("success"),
        /** Its connections are cut again and again while it is patched. */
        CUT("success"),
        /** Setup fails and changes nothing. */
        FAILS("failed"),
        /** The programs are replaced, and the service does not come up. */
        SCRIPTS_FAIL("failed"),
        /** It waits for a restart before anything began. */
        RESTART_FIRST("failed"),
        /** It runs the target already. */
        UP_TO_DATE("skipped"),
        /** Its family has nothing in the mapping. */
        NO_MAPPING("skipped"),
        /** The mapping says that its family gets nothing any more. */
        UNSUPPORTED("skipped"),
        /** It runs less than the mapping asks for. */
        PREREQUISITE("skipped"),
        /** Nobody answers there. */
        UNREACHABLE("skipped");

        private final String status;

        Fate(String status) {
            this.status = status;
        }

        String status() {
            return status;
        }
    }

    private static final String EDITION = "Standard Edition (64-bit)";
    private static final Duration SETUP = Duration.ofMillis(1200);

    final Fate fate;
    final String address;
    final WindowsHost host;
    final InstalledInstance installed;
    final UpdatePackage update;
    final SqlInstance instance;
    final WinRmServer winRm;

    FleetServer(String address, int winRmPort, Family family, Fate fate, HostTimer timer) throws IOException {
        this.address = address;
        this.fate = fate;
        String before =
                switch (fate) {
                    case UP_TO_DATE -> family.target;
                    case NO_MAPPING -> "14.0.3456.2";
                    case UNSUPPORTED -> "12.0.6024.0";
                    case PREREQUISITE -> family.tooOld;
                    default -> family.before;
                };
        host = new WindowsHost("H" + address.replace('.', '-'), timer);
        installed = InstalledInstance.on(host, "MSSQLSERVER", before, EDITION);
        update = UpdatePackage.at(host, family.path, family.target, List.of(installed))
                .unpacksIn(Duration.ofMillis(200))
                .next(behaviour().in(SETUP));
        if (fate == Fate.RESTART_FIRST) {
            host.registry().key(OneServer.REBOOT_PENDING);
        }
        InetAddress at = InetAddress.getByName(address);
        instance = SqlInstance.start(host, installed, EDITION, "gds", Fleet.PASSWORD, at, 0)
                .scriptsTake(Duration.ofMillis(300));
        winRm = WinRmServer.builder(new RemoteWindows(host))
                .account("Administrator", Fleet.PASSWORD)
                .negotiate()
                .address(at)
                .port(winRmPort)
                .start();
        if (fate == Fate.UNREACHABLE) {
            winRm.refuse();
        }
    }

    /** What servers of one version run. */
    record Family(String path, String before, String target, String tooOld) {
        static final List<Family> ALL = List.of(
                new Family(
                        "D:\\packages\\hotfixes\\2022\\SQLServer2022-KB5048038-x64.exe",
                        "16.0.4135.4",
                        "16.0.4165.4",
                        "16.0.1000.6"),
                new Family(
                        "D:\\packages\\hotfixes\\2019\\SQLServer2019-KB5046859-x64.exe",
                        "15.0.4385.2",
                        "15.0.4395.2",
                        "15.0.2000.5"));
    }

    private SetupBehaviour behaviour() {
        return switch (fate) {
            case RESTART_LEFT -> SetupBehaviour.restartRequired();
            case FAILS -> SetupBehaviour.failing(1603, "Fatal error during installation.");
            case SCRIPTS_FAIL -> SetupBehaviour.replacedNotRunning();
            default -> SetupBehaviour.good();
        };
    }

    /** Cuts its connections when that is its fate. */
    void trouble() {
        if (fate == Fate.CUT) {
            winRm.cutAll();
        }
    }

    @Override
    public void close() {
        winRm.close();
        instance.close();
    }
}
