package io.gds.engine.mssql.fleet;

import io.gds.database.testkit.windows.HostTimer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;

/** Many servers of mixed families with fates of all kinds, and the files of whoever looks after them. */
final class Fleet implements AutoCloseable {
    static final String PASSWORD = "of-the-test";
    static final String MAPPING =
            """
            {
              "schema_version": 1,
              "mappings": [
                {"version_family": "2022", "min_build": "16.0.4085.0", "target_build": "16.0.4165.4", "description": "CU16",
                 "files": [{"filename": "SQLServer2022-KB5048038-x64.exe", "path": "hotfixes/2022/", "order": 1, "required": true,
                            "parameters": "/quiet /IAcceptSQLServerLicenseTerms /Action=Patch /AllInstances"}],
                 "requires_restart": false},
                {"version_family": "2019", "min_build": "15.0.4298.0", "target_build": "15.0.4395.2", "description": "CU30",
                 "files": [{"filename": "SQLServer2019-KB5046859-x64.exe", "path": "hotfixes/2019/", "order": 1, "required": true,
                            "parameters": "/quiet /IAcceptSQLServerLicenseTerms /Action=Patch /AllInstances"}],
                 "requires_restart": false}
              ],
              "unsupported_versions": [{"version_family": "2014", "message": "out of support"}]
            }
            """;

    private final List<FleetServer> servers = new ArrayList<>();
    private final Path spec;
    private final Path mapping;

    /** With fates by chance. */
    Fleet(Path directory, int size, long seed) throws IOException {
        this(directory, size, new Random(seed));
    }

    private Fleet(Path directory, int size, Random random) throws IOException {
        this(directory, size, i -> fate(i, random), random);
    }

    /** With fates by number. */
    Fleet(Path directory, int size, IntFunction<FleetServer.Fate> fates) throws IOException {
        this(directory, size, fates, new Random(size));
    }

    private Fleet(Path directory, int size, IntFunction<FleetServer.Fate> fates, Random random) throws IOException {
        Path password = Files.createFile(
                directory.resolve("password"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(password, PASSWORD);
        mapping = Files.writeString(directory.resolve("hotfix_mapping.json"), MAPPING);
        HostTimer timer = HostTimer.of(Clock.systemUTC());
        int port = freePort();
        StringBuilder text = new StringBuilder("engine: mssql\nname: fleet\ntargets:\n");
        try {
            for (int i = 0; i < size; i++) {
                FleetServer server = new FleetServer(
                        "127.7." + i / 200 + "." + (i % 200 + 1),
                        port,
                        FleetServer.Family.ALL.get(random.nextInt(FleetServer.Family.ALL.size())),
                        fates.apply(i),
                        timer);
                servers.add(server);
                text.append("  - {server: ")
                        .append(server.address)
                        .append(", port: ")
                        .append(server.instance.server().port())
                        .append(", user: gds, secret: \"file:")
                        .append(password)
                        .append("\", environment: test}\n");
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
        text.append("encryption: {mode: \"false\", trustAny: true}\nshell: {type: winrm, transport: http, port: ")
                .append(port)
                .append(", user: Administrator, password: \"file:")
                .append(password)
                .append("\"}\npackages: {root: 'D:\\packages'}\n");
        spec = Files.writeString(directory.resolve("fleet.yaml"), text);
    }

    /** Every fate comes up; most servers are good. */
    private static FleetServer.Fate fate(int number, Random random) {
        FleetServer.Fate[] all = FleetServer.Fate.values();
        return number < all.length
                ? all[number]
                : random.nextInt(10) < 6 ? FleetServer.Fate.GOOD : all[random.nextInt(all.length)];
    }

    /** One that is free at every address, as far as can be told: servers of other tests ask for one at theirs. */
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<FleetServer> servers() {
        return servers;
    }

    Path spec() {
        return spec;
    }

    Path mapping() {
        return mapping;
    }

    @Override
    public void close() {
        servers.forEach(FleetServer::close);
    }
}
