package io.gds.engine.mssql.fleet;

import io.gds.database.testkit.mssql.FailoverCluster;
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
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** An instance of a failover cluster with its nodes, each at an address of its own; the instance has one too, wherever it runs. */
final class FailoverBed implements AutoCloseable {
    static final String OLD = OneServer.OLD;
    static final String NEW = OneServer.NEW;
    static final String INSTANCE = "127.31.0.100";
    private static final String EDITION = "Enterprise Edition: Core-based Licensing (64-bit)";
    private static final String PASSWORD = "of-the-test";
    static final SetupBehaviour QUICK = SetupBehaviour.good().in(Duration.ofMillis(300));

    final FailoverCluster cluster = new FailoverCluster("SQLVIRT", "Sales (renamed)").movesIn(Duration.ofMillis(400));
    final SqlInstance instance;
    private final List<Node> nodes = new ArrayList<>();
    private final Path password;
    private final int port;

    /** A node. */
    static final class Node implements AutoCloseable {
        final String name;
        final String address;
        final WindowsHost host;
        final InstalledInstance installed;
        final UpdatePackage update;
        final WinRmServer winRm;

        private Node(int number, HostTimer timer, int port, String level) throws IOException {
            name = "SQLN" + number;
            address = "127.31.0." + number;
            host = new WindowsHost(name, timer);
            host.restartTakes(Duration.ofMillis(300));
            host.whenRestarted(() -> host.registry().remove(OneServer.REBOOT_PENDING));
            installed = InstalledInstance.on(host, "MSSQLSERVER", level, EDITION);
            update = UpdatePackage.at(
                            host,
                            "D:\\packages\\hotfixes\\2022\\SQLServer2022-KB5048038-x64.exe",
                            NEW,
                            List.of(installed))
                    .unpacksIn(Duration.ofMillis(50))
                    .next(QUICK, QUICK, QUICK);
            winRm = WinRmServer.builder(new RemoteWindows(host))
                    .account("Administrator", PASSWORD)
                    .negotiate()
                    .address(InetAddress.getByName(address))
                    .port(port)
                    .start();
        }

        @Override
        public void close() {
            winRm.close();
        }
    }

    /** Nodes with the old build, of which the first one owns the instance. */
    FailoverBed(Path directory, int size) throws IOException {
        this(directory, Collections.nCopies(size, OLD));
    }

    /** Nodes with these builds. */
    FailoverBed(Path directory, List<String> levels) throws IOException {
        password = directory.resolve("password");
        Files.createFile(password, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(password, PASSWORD);
        HostTimer timer = HostTimer.of(Clock.systemUTC());
        port = freePort();
        for (String level : levels) {
            Node node = new Node(nodes.size() + 1, timer, port, level);
            nodes.add(node);
            cluster.node(node.host, node.installed);
        }
        instance = SqlInstance.start(cluster, EDITION, "gds", PASSWORD, InetAddress.getByName(INSTANCE), 0)
                .database("shop", "ONLINE")
                .scriptsTake(Duration.ofMillis(400));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** A node by its number, the first one is 1. */
    Node node(int number) {
        return nodes.get(number - 1);
    }

    List<Node> nodes() {
        return nodes;
    }

    String spec() {
        return spec(nodes.stream().map(n -> n.name + ": " + n.address).collect(Collectors.joining(", ", "{", "}")));
    }

    /** With other addresses of nodes. */
    String spec(String addresses) {
        return """
                engine: mssql
                name: fleet
                targets:
                  - {server: %s, port: %d, user: gds, secret: "file:%s", environment: test}
                encryption: {mode: "false", trustAny: true}
                shell: {type: winrm, transport: http, port: %d, user: Administrator, password: "file:%s"}
                packages: {root: 'D:\\packages'}
                failoverCluster: {nodes: %s}
                """
                .formatted(INSTANCE, instance.server().port(), password, port, password, addresses);
    }

    @Override
    public void close() {
        nodes.forEach(Node::close);
        instance.close();
    }
}
