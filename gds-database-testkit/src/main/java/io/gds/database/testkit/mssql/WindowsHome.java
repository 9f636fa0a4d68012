package io.gds.database.testkit.mssql;

import io.gds.database.testkit.windows.HostService;
import io.gds.database.testkit.windows.HostTimer;
import io.gds.database.testkit.windows.WindowsHost;
import java.time.Instant;

/** Windows: setup stops and starts the service of the instance by itself. */
record WindowsHome(WindowsHost host, InstalledInstance installed) implements InstanceHome {
    @Override
    public String hostName() {
        return host.name();
    }

    @Override
    public Instant now() {
        return host.now();
    }

    @Override
    public HostTimer timer() {
        return host.timer();
    }

    @Override
    public boolean isUp() {
        return host.isReachable();
    }

    @Override
    public String instance() {
        return installed.name();
    }

    @Override
    public String version() {
        return installed.patchLevel();
    }

    @Override
    public void tell(Runnable running, Runnable stopped) {
        HostService service = host.services().find(installed.service());
        if (service == null) {
            throw new IllegalArgumentException("no service " + installed.service());
        }
        service.whenRunning(running).whenStopped(stopped);
        installed.whenReplaced(v -> {
            stopped.run();
            running.run();
        });
    }
}
