package io.gds.engine.mssql.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.Engines;
import io.gds.database.testkit.mssql.InstalledInstance;
import io.gds.database.testkit.mssql.ServerCatalogue;
import io.gds.database.testkit.mssql.SqlInstance;
import io.gds.database.testkit.windows.HostTimer;
import io.gds.database.testkit.windows.WindowsHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;

/** One model instance and an engine that is open on it. Closing it proves that the model knew every statement. */
final class AdminServer implements AutoCloseable {
    static final String V2016 = "13.0.6300.2";
    static final String V2017 = "14.0.3456.2";
    static final String V2022 = "16.0.4165.4";
    static final String V2025 = "17.0.1000.7";
    static final String ENTERPRISE = "Enterprise Edition: Core-based Licensing (64-bit)";
    static final String EXPRESS = "Express Edition (64-bit)";
    static final String WEB = "Web Edition (64-bit)";
    static final String USER = "gds";
    private static final String PASSWORD = "of-the-test";

    final WindowsHost host = new WindowsHost("SQL01", HostTimer.of(Clock.systemUTC()));
    final InstalledInstance installed;
    final SqlInstance instance;
    final DatabaseEngine engine;

    AdminServer(Path directory) throws IOException {
        this(directory, V2022, ENTERPRISE, false);
    }

    AdminServer(Path directory, String version, String edition, boolean linux) throws IOException {
        this(directory, version, edition, linux, "");
    }

    /** With more lines in its spec. */
    AdminServer(Path directory, String version, String edition, boolean linux, String more) throws IOException {
        Path password = directory.resolve("password");
        Files.createFile(password, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(password, PASSWORD);
        installed = InstalledInstance.on(host, "MSSQLSERVER", version, edition);
        instance = SqlInstance.start(host, installed, edition, USER, PASSWORD);
        if (linux) {
            instance.catalogue().onLinux();
        }
        instance.database("shop", "ONLINE");
        engine = Engines.open(
                """
                engine: mssql
                name: orders
                targets:
                  - {server: 127.0.0.1, port: %d, user: gds, secret: "file:%s", environment: test}
                encryption: {mode: "false", trustAny: true}
                %s
                """
                        .formatted(instance.server().port(), password, more),
                "the test");
    }

    ServerCatalogue catalogue() {
        return instance.catalogue();
    }

    <T> T facet(Class<T> type) {
        return engine.facet(type).orElseThrow();
    }

    @Override
    public void close() {
        engine.close();
        instance.close();
        assertThat(instance.refused()).isEmpty();
    }
}
