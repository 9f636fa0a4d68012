package io.gds.engine.mssql.clone;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.testkit.mssql.ServerDisk;
import io.gds.database.testkit.mssql.SetupBehaviour;
import io.gds.database.testkit.windows.HostTimer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A server of production and a sandbox, with a file server that both may use. */
final class CloneBed implements AutoCloseable {
    static final String FOLDER = "\\\\files\\clones";
    static final String MAPPING =
            """
            {
              "schema_version": 1,
              "mappings": [
                {"version_family": "2022", "min_build": "16.0.4085.0", "target_build": "16.0.4165.4", "description": "CU16",
                 "files": [{"filename": "SQLServer2022-KB5048038-x64.exe", "path": "hotfixes/2022/", "order": 1, "required": true,
                            "parameters": "/quiet /IAcceptSQLServerLicenseTerms /Action=Patch /AllInstances"}],
                 "requires_restart": false}
              ]
            }
            """;

    private static final SetupBehaviour QUICK = SetupBehaviour.good().in(Duration.ofMillis(300));
    private static final AtomicInteger BEDS = new AtomicInteger();

    final CloneServer production;
    final CloneServer sandbox;
    final ServerDisk share = ServerDisk.ofFileServer();
    final Path mapping;
    private final Path directory;
    final Path password;
    private final int winRmPort;

    CloneBed(Path directory) throws IOException {
        this(directory, "BOX01", CloneServer.OLD);
    }

    CloneBed(Path directory, String sandboxHost, String sandboxVersion) throws IOException {
        this.directory = directory;
        password = Files.createFile(
                directory.resolve("password"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(password, CloneServer.PASSWORD);
        mapping = Files.writeString(directory.resolve("hotfix_mapping.json"), MAPPING);
        String net = "127.8." + BEDS.getAndIncrement() % 250 + ".";
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            winRmPort = free.getLocalPort();
        }
        HostTimer timer = HostTimer.of(Clock.systemUTC());
        production = new CloneServer("SQL01", net + "1", winRmPort, CloneServer.OLD, timer);
        sandbox = new CloneServer(sandboxHost, net + "2", winRmPort, sandboxVersion, timer);
        sandbox.update.next(QUICK);
        share.makeFolder(FOLDER);
        for (CloneServer s : List.of(production, sandbox)) {
            s.instance.catalogue().disk().mount(FOLDER, share);
        }
        production.instance.database("shop", "ONLINE").database("crm", "ONLINE");
        production
                .instance
                .catalogue()
                .table("shop", "orders", 3)
                .table("crm", "people", 2)
                .trustworthy("crm");
    }

    String spec() {
        return spec(sandbox());
    }

    /** The line of the spec. */
    String sandbox() {
        return """
                sandbox: {server: %s, port: %d, user: gds, secret: "file:%s", folder: '%s'}
                """
                .formatted(sandbox.address, sandbox.port(), password, FOLDER);
    }

    String spec(String more) {
        return """
                engine: mssql
                name: orders
                targets:
                  - {server: %s, port: %d, user: gds, secret: "file:%s", environment: production}
                encryption: {mode: "false", trustAny: true}
                shell: {type: winrm, transport: http, port: %d, user: Administrator, password: "file:%s"}
                packages: {root: 'D:\\packages'}
                """
                        .formatted(production.address, production.port(), password, winRmPort, password)
                + more;
    }

    Path specFile() throws IOException {
        return Files.writeString(directory.resolve("orders.yaml"), spec());
    }

    /** Where a program gets in that has a login. */
    Connection connect(String connectionString) throws SQLException {
        return DriverManager.getConnection(connectionString, "gds", CloneServer.PASSWORD);
    }

    static List<String> ask(Connection connection, String sql) throws SQLException {
        List<String> out = new ArrayList<>();
        try (Statement s = connection.createStatement();
                ResultSet r = s.executeQuery(sql)) {
            while (r.next()) {
                out.add(r.getString(1));
            }
        }
        return out;
    }

    /** Somebody does something there. */
    void onSandbox(String sql) {
        try (Connection c = connect("jdbc:sqlserver://%s:%d;encrypt=false".formatted(sandbox.address, sandbox.port()));
                Statement s = c.createStatement()) {
            s.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private List<String> databases(CloneServer of) throws SQLException {
        try (Connection c = connect("jdbc:sqlserver://%s:%d;encrypt=false".formatted(of.address, of.port()))) {
            return ask(c, "SELECT name FROM sys.databases WHERE database_id > 4 ORDER BY name");
        }
    }

    /** Nothing of a test is left anywhere, and production is as it was. */
    void isClean() throws SQLException {
        assertThat(databases(sandbox)).isEmpty();
        assertThat(share.paths()).isEmpty();
        assertThat(sandbox.host.files().exists("C:\\ProgramData\\gds\\claim")).isFalse();
        assertThat(sandbox.host.tasks().all()).isEmpty();
        assertThat(databases(production)).containsExactly("crm", "shop");
        assertThat(production.instance.catalogue().settings("shop")).isEqualTo("MULTI_USER, broker");
        assertThat(production.instance.catalogue().settings("crm")).isEqualTo("MULTI_USER, trustworthy, broker");
        assertThat(production.instance.catalogue().disk().paths()).isEmpty();
        assertThat(production.instance.version()).isEqualTo(CloneServer.OLD);
        assertThat(production.update.started()).isZero();
        assertThat(production.host.files().exists("C:\\ProgramData\\gds")).isFalse();
        assertThat(production.instance.refused()).isEmpty();
        assertThat(production.host.unsupported()).isEmpty();
        assertThat(sandbox.host.unsupported()).isEmpty();
    }

    @Override
    public void close() {
        sandbox.close();
        production.close();
    }
}
