package io.gds.engine.mongo.sharded;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.Engines;
import io.gds.database.core.Journal;
import io.gds.database.core.RollingPatcher;
import io.gds.samples.mongo.MongodBinaries;
import io.gds.samples.mongo.ReplicaSet;
import io.gds.samples.mongo.ReplicaSetMember;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.Assumptions;

/** A sharded cluster of real servers, three config servers and two shards of three, behind two stand-ins for routers. */
final class ShardedBed implements AutoCloseable {
    static final String DATABASE = "shop";

    private static final int ROUTERS = 2;

    private final MongodBinaries binaries;
    private final Path directory;
    private final List<ReplicaSet> sets = new ArrayList<>();
    private final Journal journal;
    private final RollingPatcher patcher;

    private ShardedBed(MongodBinaries binaries) throws IOException {
        this.binaries = binaries;
        this.directory = Files.createTempDirectory("gds-sharded-bed-").toRealPath();
        this.journal = Journal.sqlite(journalFile());
        this.patcher = RollingPatcher.create(journal);
    }

    static ShardedBed start(String version, String... alsoInstalled) throws IOException {
        var found = MongodBinaries.find();
        Assumptions.assumeTrue(found.isPresent(), "no mongod: name a directory by " + MongodBinaries.HOME_VARIABLE);
        ReplicaSet.sweep();
        ShardedBed bed = new ShardedBed(found.orElseThrow());
        try {
            bed.lay(version, List.of(alsoInstalled));
            return bed;
        } catch (IOException | RuntimeException e) {
            bed.close();
            throw e;
        }
    }

    private void lay(String version, List<String> others) throws IOException {
        for (String each : Stream.concat(Stream.of(version), others.stream()).toList()) {
            programs(each);
        }
        Files.createDirectory(directory.resolve("members"));
        set("config", "configsvr", version);
        set("shard-a", "shardsvr", version);
        set("shard-b", "shardsvr", version);
        for (ReplicaSet shard : shards()) {
            String at = shard.name() + "/"
                    + shard.members().stream().map(ReplicaSetMember::address).collect(Collectors.joining(","));
            configServers()
                    .primary()
                    .run(new Document("_configsvrAddShard", at)
                            .append("name", shard.name())
                            .append("writeConcern", new Document("w", "majority")));
        }
        for (int i = 1; i <= ROUTERS; i++) {
            router(i, version);
        }
    }

    /** The real mongod, and beside it what stands where mongos would be. */
    private void programs(String version) throws IOException {
        Path bin = Files.createDirectories(directory.resolve("versions/" + version + "/bin"));
        Files.createSymbolicLink(bin.resolve("mongod"), binaries.home(version).resolve("bin/mongod"));
        Path java = bin.resolve("as/mongos");
        Files.createDirectory(bin.resolve("as"));
        // the process bears the name of the file that is executed, as the real one does
        Files.createSymbolicLink(java, Path.of(System.getProperty("java.home"), "bin", "java"));
        String script =
                """
                #!/bin/sh
                ready=$(sed -n 's/^ready=//p' "$2")
                rm -f "$ready"
                setsid "%s" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dorg.slf4j.simpleLogger.defaultLogLevel=warn \\
                    -cp '%s' %s %s "$@" >>"$2.log" 2>&1 </dev/null &
                until [ -e "$ready" ]; do
                    kill -0 $! || { tail -n 20 "$2.log" >&2; exit 1; }
                    sleep 0.1
                done
                """
                        .formatted(java, System.getProperty("java.class.path"), RouterStandIn.class.getName(), version);
        Path program = Files.writeString(bin.resolve("mongos"), script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void set(String name, String role, String version) throws IOException {
        ReplicaSet set = ReplicaSet.builder(binaries)
                .name(name)
                .clusterRole(role)
                .version(version)
                .setting("heartbeatIntervalMillis", 500)
                .start();
        sets.add(set);
        for (ReplicaSetMember m : set.members()) {
            Files.delete(m.currentLink());
            Files.createSymbolicLink(m.currentLink(), directory.resolve("versions/" + version));
            Files.createSymbolicLink(directory.resolve("members/" + name + "-" + m.name()), m.home());
        }
    }

    private void router(int number, String version) throws IOException {
        Path home = Files.createDirectory(directory.resolve("members/router-" + number));
        Files.createSymbolicLink(home.resolve("current"), directory.resolve("versions/" + version));
        Files.writeString(
                home.resolve("router.conf"),
                "port=" + freePort() + "\nready=" + home.resolve("ready") + "\nconfigServers=" + uri(configServers())
                        + "\nshard=" + uri(shards().get(0)) + "\n");
        start(home);
    }

    private static void start(Path router) throws IOException {
        Process process = new ProcessBuilder(
                        router.resolve("current/bin/mongos").toString(),
                        "--config",
                        router.resolve("router.conf").toString(),
                        "--fork")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException("router did not start: " + said);
        }
    }

    private static String uri(ReplicaSet set) {
        return set.members().stream()
                .map(ReplicaSetMember::address)
                .collect(Collectors.joining(",", "mongodb://", "/?replicaSet=" + set.name()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    ReplicaSet configServers() {
        return sets.get(0);
    }

    List<ReplicaSet> shards() {
        return sets.subList(1, sets.size());
    }

    List<ReplicaSetMember> members() {
        return sets.stream().flatMap(s -> s.members().stream()).toList();
    }

    RollingPatcher patcher() {
        return patcher;
    }

    /** What the real config servers say of the balancer. */
    String balancer() {
        return configServers()
                .primary()
                .run(new Document("_configsvrBalancerStatus", 1))
                .getString("mode");
    }

    void balancer(String command) {
        configServers().primary().run(new Document("_configsvrBalancer" + command, 1));
    }

    /** The version that a router's link names. */
    String routerVersion(int number) throws IOException {
        return String.valueOf(Files.readSymbolicLink(directory.resolve("members/router-" + number + "/current"))
                .getFileName());
    }

    Path journalFile() {
        return directory.resolve("runs.db");
    }

    DatabaseEngine open() throws IOException {
        return Engines.open(spec());
    }

    DatabaseEngine openWithoutTheLastShard() throws IOException {
        return Engines.open(spec("some-shards.yaml", shards().subList(0, shards().size() - 1)));
    }

    Path spec() throws IOException {
        return spec("cluster.yaml", shards());
    }

    private Path spec(String file, List<ReplicaSet> shards) throws IOException {
        StringBuilder text = new StringBuilder("engine: mongo\nname: shop\nenvironment: test\n");
        text.append("connection: {database: ").append(DATABASE).append("}\n");
        text.append("configServers:\n").append(set(configServers(), "  "));
        text.append("shards:\n");
        shards.forEach(s -> text.append(set(s, "  ").replaceFirst("  ", "- ").indent(2)));
        text.append("routers:\n");
        for (int i = 1; i <= ROUTERS; i++) {
            Path conf = directory.resolve("members/router-" + i + "/router.conf");
            String port = Files.readAllLines(conf).get(0).substring("port=".length());
            text.append(
                    "  - {name: router-" + i + ", host: 127.0.0.1, port: " + port + ", configFile: " + conf + "}\n");
        }
        text.append("packages: {type: directories, root: ").append(directory.resolve("versions"));
        text.append(", link: \"").append(directory.resolve("members")).append("/{member}/current\"}\n");
        text.append("shell: {type: local}\n");
        return Files.writeString(directory.resolve(file), text);
    }

    private static String set(ReplicaSet set, String indent) {
        StringBuilder text = new StringBuilder(indent + "replicaSet: " + set.name() + "\n" + indent + "members:\n");
        for (ReplicaSetMember m : set.members()) {
            text.append(indent + "  - {name: " + set.name() + "-" + m.name() + ", host: 127.0.0.1, port: " + m.port()
                    + ", configFile: " + m.configFile() + "}\n");
        }
        return text.toString();
    }

    /** Ends what was started, also when it was started only in part. */
    @Override
    public void close() throws IOException {
        patcher.close();
        journal.close();
        ProcessHandle.allProcesses().filter(this::isRouter).forEach(ProcessHandle::destroyForcibly);
        sets.forEach(ReplicaSet::close);
        try (Stream<Path> all = Files.walk(directory)) {
            all.sorted(Comparator.reverseOrder()).forEach(p -> p.toFile().delete());
        }
    }

    /** By its whole command line: with a long class path Java's own view of a process has no arguments at all. */
    private boolean isRouter(ProcessHandle process) {
        try {
            return Files.readString(
                            Path.of("/proc", String.valueOf(process.pid()), "cmdline"), StandardCharsets.ISO_8859_1)
                    .contains(directory + "/members/router-");
        } catch (IOException e) {
            return false; // it has ended, or is somebody else's
        }
    }
}
