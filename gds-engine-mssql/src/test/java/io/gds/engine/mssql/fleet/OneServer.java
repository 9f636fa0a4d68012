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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** A Windows host with one instance of SQL Server 2022 and a package on it, reached by the real clients. */
final class OneServer implements AutoCloseable {
    static final String OLD = "16.0.4135.4";
    static final String NEW = "16.0.4165.4";
    static final String EDITION = "Enterprise Edition: Core-based Licensing (64-bit)";
    static final String REBOOT_PENDING =
            "HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\RebootPending";
    static final String MAPPING =
            """
            {
              "schema_version": 1,
              "mappings": [
                {
                  "version_family": "2022",
                  "edition_filter": "Enterprise",
                  "min_build": "16.0.4085.0",
                  "target_build": "16.0.4165.4",
                  "description": "CU16 for SQL Server 2022",
                  "files": [
                    {
                      "filename": "SQLServer2022-KB5048038-x64.exe",
                      "path": "hotfixes/2022/",
                      "order": 1,
                      "required": true,
                      "parameters": "/quiet /IAcceptSQLServerLicenseTerms /Action=Patch /AllInstances"
                    }
                  ],
                  "requires_restart": true
                }
              ]
            }
            """;

    private static final String PASSWORD = "of-the-test";

    final WindowsHost host = new WindowsHost("SQL01", HostTimer.of(Clock.systemUTC()));
    final InstalledInstance installed = InstalledInstance.on(host, "MSSQLSERVER", OLD, EDITION);
    final UpdatePackage update;
    final SqlInstance instance;
    final WinRmServer winRm;
    private final Path password;

    OneServer(Path directory, SetupBehaviour... behaviours) throws IOException {
        password = directory.resolve("password");
        if (Files.notExists(password)) {
            Files.createFile(
                    password, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(password, PASSWORD);
        }
        update = UpdatePackage.at(
                        host, "D:\\packages\\hotfixes\\2022\\SQLServer2022-KB5048038-x64.exe", NEW, List.of(installed))
                .unpacksIn(Duration.ofMillis(50))
                .next(behaviours);
        instance = SqlInstance.start(host, installed, EDITION, "gds", PASSWORD)
                .database("shop", "ONLINE")
                .scriptsTake(Duration.ofMillis(200));
        winRm = WinRmServer.builder(new RemoteWindows(host))
                .account("Administrator", PASSWORD)
                .negotiate()
                .start();
    }

    String spec(String environment) {
        return spec(
                environment,
                "{type: winrm, transport: http, port: %d, user: Administrator, password: \"file:%s\"}"
                        .formatted(winRm.port(), password));
    }

    /** The same, reached by another shell. */
    String spec(String environment, String shell) {
        return """
                engine: mssql
                name: fleet
                targets:
                  - {server: 127.0.0.1, port: %d, user: gds, secret: "file:%s", environment: %s}
                encryption: {mode: "false", trustAny: true}
                shell: %s
                packages: {root: 'D:\\packages'}
                """
                .formatted(instance.server().port(), password, environment, shell);
    }

    @Override
    public void close() {
        winRm.close();
        instance.close();
    }
}
