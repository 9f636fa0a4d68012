package io.gds.engine.mssql.group;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.Engines;
import io.gds.database.testkit.mssql.AvailabilityGroup;
import io.gds.database.testkit.mssql.AvailabilityGroupBuilder;
import io.gds.database.testkit.mssql.GroupTimes;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Servers SQL01, SQL02 and so on, a group or more of them, and the files of whoever patches them. Times are short and real. */
final class GroupBed implements AutoCloseable {
    /** One network per bed: beds of one process do not meet. */
    private static final AtomicInteger NETWORKS = new AtomicInteger();

    private static final String MAPPING =
            """
            {
              "schema_version": 1,
              "mappings": [
                {"version_family": "2022", "edition_filter": "Enterprise", "min_build": "16.0.4085.0",
                 "target_build": "16.0.4165.4", "description": "CU16 for SQL Server 2022",
                 "files": [{"filename": "SQLServer2022-KB5048038-x64.exe", "path": "hotfixes/2022/", "order": 1, "required": true,
                            "parameters": "/quiet /IAcceptSQLServerLicenseTerms /Action=Patch /AllInstances"}],
                 "requires_restart": false}
              ]
            }
            """;

    private final Path directory;
    private final Path password;
    private final int winRmPort = freePort();
    private final List<GroupServer> servers = new ArrayList<>();
    private final List<AvailabilityGroup> groups = new ArrayList<>();
    /** What the spec says, where that is not everything in its order. */
    private List<String> named = List.of();

    private List<GroupServer> targets = List.of();

    GroupBed(Path directory, int size) throws IOException {
        this.directory = directory;
        password = directory.resolve("password");
        if (Files.notExists(password)) {
            Files.createFile(
                    password, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(password, GroupServer.PASSWORD);
        }
        Files.writeString(directory.resolve("hotfix_mapping.json"), MAPPING);
        HostTimer timer = HostTimer.of(Clock.systemUTC());
        int network = NETWORKS.incrementAndGet();
        try {
            for (int i = 1; i <= size; i++) {
                servers.add(
                        new GroupServer(String.format("SQL%02d", i), "127.9." + network + "." + i, winRmPort, timer));
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** One that is free at every address, as far as can be told: servers of other tests ask for one at theirs. */
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds a group; the first replica that is given to it is its primary. */
    AvailabilityGroup group(String name, UnaryOperator<AvailabilityGroupBuilder> how) {
        AvailabilityGroup group = how.apply(AvailabilityGroup.builder(name).times(GroupTimes.quick()))
                .create();
        groups.add(group);
        return group;
    }

    /** From now on specs name these groups, and these servers. */
    void names(List<String> groupNames, List<GroupServer> some) {
        named = groupNames;
        targets = some;
    }

    List<GroupServer> servers() {
        return servers;
    }

    /** The servers count from 1. */
    GroupServer server(int number) {
        return servers.get(number - 1);
    }

    /** A server by its name in plans. */
    GroupServer at(String address) {
        return servers.stream()
                .filter(s -> s.address.equals(address))
                .findFirst()
                .orElseThrow();
    }

    AvailabilityGroup group() {
        return groups.get(0);
    }

    List<AvailabilityGroup> groups() {
        return groups;
    }

    /** The name in plans of whoever leads the first group. */
    String primary() {
        String name = group().primary().orElse("");
        return servers.stream()
                .filter(s -> s.host.name().equals(name))
                .map(s -> s.address)
                .findFirst()
                .orElse("nobody");
    }

    Path spec(String... more) {
        StringBuilder text = new StringBuilder("engine: mssql\nname: ag\nenvironment: test\ngroups: [")
                .append(String.join(
                        ", ",
                        named.isEmpty()
                                ? groups.stream().map(AvailabilityGroup::name).toList()
                                : named))
                .append("]\ntargets:\n");
        for (GroupServer s : targets.isEmpty() ? servers : targets) {
            text.append("  - {server: ")
                    .append(s.address)
                    .append(", port: ")
                    .append(s.instance.server().port())
                    .append(", user: gds, secret: \"file:")
                    .append(password)
                    .append("\", environment: test}\n");
        }
        text.append("encryption: {mode: \"false\", trustAny: true}\nshell: {type: winrm, transport: http, port: ")
                .append(winRmPort)
                .append(", user: Administrator, password: \"file:")
                .append(password)
                .append("\"}\npackages: {root: 'D:\\packages', mapping: hotfix_mapping.json}\nconnectTimeout: PT3S\n");
        for (String line : more) {
            text.append(line).append('\n');
        }
        try {
            return Files.writeString(directory.resolve("ag.yaml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    DatabaseEngine open(String... more) {
        return Engines.open(spec(more));
    }

    /** What every instance runs, by name in plans. */
    Map<String, String> versions() {
        return servers.stream().collect(Collectors.toMap(s -> s.address, s -> s.instance.version()));
    }

    /** What models were asked that they do not know: a test asserts that there is nothing. */
    List<String> unknown() {
        List<String> out = new ArrayList<>();
        for (GroupServer s : servers) {
            s.host.unsupported().forEach(u -> out.add(u.toString()));
            out.addAll(s.instance.refused());
        }
        return out;
    }

    @Override
    public void close() {
        servers.forEach(GroupServer::close);
    }
}
