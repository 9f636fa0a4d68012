package io.gds.samples.cli;

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

/** A model of a server, reached by the real clients, and the files that an operator would have for it. */
final class Server implements AutoCloseable {
    static final String OLD = "16.0.4135.4";
    static final String NEW = "16.0.4165.4";
    private static final String EDITION = "Enterprise Edition: Core-based Licensing (64-bit)";
    private static final String PASSWORD = "of-the-test";
    private static final String MAPPING =
            """
            {
              "schema_version": 1,
              "mappings": [
                {
                  "version_family": "2022",
                  "edition_filter": null,
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
                  "requires_restart": false
                }
              ]
            }
            """;

    final InstalledInstance installed;
    final UpdatePackage update;
    final SqlInstance instance;
    private final WinRmServer winRm;

    /** Starts it, and writes {@code fleet.yaml} and {@code hotfix_mapping.json}. */
    Server(Path config, String environment, SetupBehaviour... behaviours) throws IOException {
        WindowsHost host = new WindowsHost("SQL01", HostTimer.of(Clock.systemUTC()));
        installed = InstalledInstance.on(host, "MSSQLSERVER", OLD, EDITION);
        update = UpdatePackage.at(
                        host, "D:\\packages\\hotfixes\\2022\\SQLServer2022-KB5048038-x64.exe", NEW, List.of(installed))
                .unpacksIn(Duration.ofMillis(20))
                .next(behaviours);
        instance = SqlInstance.start(host, installed, EDITION, "gds", PASSWORD).scriptsTake(Duration.ofMillis(50));
        winRm = WinRmServer.builder(new RemoteWindows(host))
                .account("Administrator", PASSWORD)
                .negotiate()
                .start();
        Path password = Files.createFile(
                config.resolve("password"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(password, PASSWORD);
        Files.writeString(config.resolve("hotfix_mapping.json"), MAPPING);
        Files.writeString(
                config.resolve("fleet.yaml"),
                """
                engine: mssql
                name: fleet
                targets:
                  - {server: 127.0.0.1, port: %d, user: gds, secret: "file:%s", environment: %s}
                encryption: {mode: "false", trustAny: true}
                shell: {type: winrm, transport: http, port: %d, user: Administrator, password: "file:%s"}
                packages: {root: 'D:\\packages'}
                """
                        .formatted(instance.server().port(), password, environment, winRm.port(), password));
    }

    @Override
    public void close() {
        winRm.close();
        instance.close();
    }
}
