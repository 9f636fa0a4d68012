package io.gds.engine.mssql.linux;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.Engines;
import io.gds.database.testkit.mssql.AvailabilityGroup;
import io.gds.database.testkit.mssql.ClusterType;
import io.gds.database.testkit.mssql.FailoverMode;
import io.gds.database.testkit.mssql.GroupTimes;
import io.gds.database.testkit.mssql.ReplicaSettings;
import io.gds.database.testkit.pacemaker.PacemakerCluster;
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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Servers sql01 to sql03 that commit together, in one group below one Pacemaker cluster or none. Times are short and real. */
final class LinuxBed implements AutoCloseable {
    static final String RESOURCE = "ag_cluster-clone";

    /** One network per bed, of others than the beds with Windows. */
    private static final AtomicInteger NETWORKS = new AtomicInteger();

    final AvailabilityGroup group;
    private final Optional<PacemakerCluster> cluster;
    private final Path directory;
    private final Path password;
    private final int shellPort = freePort();
    private final List<LinuxServer> servers = new ArrayList<>();

    LinuxBed(Path directory) throws IOException {
        this(directory, 1);
    }

    LinuxBed(Path directory, int required) throws IOException {
        this(directory, required, ClusterType.EXTERNAL);
    }

    LinuxBed(Path directory, int required, ClusterType type) throws IOException {
        boolean clustered = type == ClusterType.EXTERNAL;
        this.directory = directory;
        password = directory.resolve("password");
        Files.createFile(password, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(password, LinuxServer.PASSWORD);
        HostTimer timer = HostTimer.of(Clock.systemUTC());
        int network = NETWORKS.incrementAndGet();
        try {
            for (int i = 1; i <= 3; i++) {
                servers.add(new LinuxServer("sql0" + i, "127.8." + network + "." + i, shellPort, timer));
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
        ReplicaSettings settings =
                ReplicaSettings.synchronous().with(clustered ? FailoverMode.EXTERNAL : FailoverMode.MANUAL);
        group = AvailabilityGroup.builder("ag1")
                .times(GroupTimes.quick())
                .clusterType(type)
                .replica(server(1).instance, settings)
                .replica(server(2).instance, settings)
                .replica(server(3).instance, settings)
                .requiredSynchronizedSecondaries(required)
                .databases("db01", "db02")
                .create();
        cluster = clustered
                ? Optional.of(new PacemakerCluster(
                        RESOURCE, group, servers.stream().map(s -> s.host).toList()))
                : Optional.empty();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isClustered() {
        return cluster.isPresent();
    }

    PacemakerCluster cluster() {
        return cluster.orElseThrow();
    }

    List<LinuxServer> servers() {
        return servers;
    }

    /** The servers count from 1. */
    LinuxServer server(int number) {
        return servers.get(number - 1);
    }

    /** A host falls silent, to shells and to clients, whose connections break, or speaks again. */
    void silent(int number, boolean on) {
        LinuxServer server = server(number);
        server.host.silent(on);
        group.faults().hangs(server.host.name(), on);
        server.instance.server().cutAll();
    }

    Path spec() {
        StringBuilder text = new StringBuilder("engine: mssql\nname: ag\nenvironment: test\ngroup: ag1\ntargets:\n");
        for (LinuxServer s : servers) {
            text.append("  - {server: ")
                    .append(s.address)
                    .append(", port: ")
                    .append(s.instance.server().port())
                    .append(", user: gds, secret: \"file:")
                    .append(password)
                    .append("\", environment: test}\n");
        }
        text.append("encryption: {mode: \"false\", trustAny: true}\nshell: {type: model-linux, port: ")
                .append(shellPort)
                .append("}\npackages: {type: model-packages}\n");
        if (isClustered()) {
            text.append("pacemaker:\n  resource: ").append(RESOURCE).append("\n  nodes:\n");
            for (LinuxServer s : servers) {
                text.append("    \"")
                        .append(s.address)
                        .append("\": ")
                        .append(s.host.name())
                        .append('\n');
            }
        }
        text.append("application: {database: db01}\nconnectTimeout: PT2S\n");
        try {
            return Files.writeString(directory.resolve("ag.yaml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    DatabaseEngine open() {
        return Engines.open(spec());
    }

    /** What every instance runs, and what every host has, by name in plans. */
    Map<String, String> versions() {
        return servers.stream()
                .collect(Collectors.toMap(
                        s -> s.address,
                        s -> s.instance.version() + " "
                                + s.host.packages().version(isClustered() ? "mssql-server-ha" : "mssql-server")));
    }

    /** What models were asked that they do not know, and what should not have been done. */
    List<String> wrong() {
        List<String> out =
                new ArrayList<>(cluster.map(PacemakerCluster::failedActions).orElse(List.of()));
        for (LinuxServer s : servers) {
            out.addAll(s.host.unsupported());
            out.addAll(s.host.packages().faults());
            out.addAll(s.instance.refused());
        }
        return out;
    }

    @Override
    public void close() {
        servers.forEach(LinuxServer::close);
    }
}
