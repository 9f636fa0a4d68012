package io.gds.samples.mongo;

import com.mongodb.MongoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.bson.Document;

/** Describes a replica set and starts it. Not thread-safe. */
public final class ReplicaSetBuilder {
    static final String PREFIX = "gds-mongo-";

    private final MongodBinaries binaries;
    private final Set<String> alsoInstalled = new LinkedHashSet<>();
    private final Map<String, Consumer<Document>> changes = new LinkedHashMap<>();
    private final Document settings = new Document();
    private final Document parameters = new Document("diagnosticDataCollectionEnabled", false);
    private String version;
    private String name = "orders";
    private int members = 3;
    private String clusterRole = "";
    private int oplogMebibytes = 64;
    private Access access = Access.OPEN;
    private String tls = "";

    ReplicaSetBuilder(MongodBinaries binaries) {
        this.binaries = binaries;
        List<String> all = binaries.versions();
        this.version = all.get(all.size() - 1);
    }

    /** The version that all members run at first. */
    public ReplicaSetBuilder version(String first) {
        this.version = first;
        return this;
    }

    /** Versions that lie ready and that no member runs yet. */
    public ReplicaSetBuilder alsoInstalled(String... versions) {
        alsoInstalled.addAll(List.of(versions));
        return this;
    }

    /** The set's name. */
    public ReplicaSetBuilder name(String called) {
        if (!called.matches("[a-zA-Z][a-zA-Z0-9_-]{0,40}")) {
            throw new IllegalArgumentException("not a name: " + called);
        }
        this.name = called;
        return this;
    }

    /** How many members, named m1, m2 and so on; m1 is the primary at first. */
    public ReplicaSetBuilder members(int count) {
        if (count < 1 || count > 9) {
            throw new IllegalArgumentException("1 to 9 members, not " + count);
        }
        this.members = count;
        return this;
    }

    /** Changes a member's part of the set's configuration: priority, votes, hidden, arbiterOnly, tags. */
    public ReplicaSetBuilder member(String called, Consumer<Document> change) {
        changes.merge(called, change, Consumer::andThen);
        return this;
    }

    /** A setting of the set's configuration, such as {@code chainingAllowed}. */
    public ReplicaSetBuilder setting(String key, Object value) {
        settings.append(key, value);
        return this;
    }

    /** A parameter that every server is started with, such as {@code enableTestCommands}. */
    public ReplicaSetBuilder parameter(String key, Object value) {
        parameters.put(key, value);
        return this;
    }

    /** {@code configsvr} or {@code shardsvr}, for a set of a sharded cluster. */
    public ReplicaSetBuilder clusterRole(String role) {
        this.clusterRole = role;
        return this;
    }

    /** The size of the oplog. */
    public ReplicaSetBuilder oplogMebibytes(int size) {
        this.oplogMebibytes = size;
        return this;
    }

    /** Has the servers ask for a login; this user may do everything. */
    public ReplicaSetBuilder login(String user, String password) {
        this.access = new Access(Optional.of(user), password, access.tls());
        return this;
    }

    /**
     * Has the servers take encrypted connections alone. Clients trust whom the JVM trusts.
     *
     * @param certificateAndKey the servers' own, for 127.0.0.1
     * @param authority who signed it
     */
    public ReplicaSetBuilder tls(Path certificateAndKey, Path authority) {
        this.access = new Access(access.user(), access.password(), true);
        this.tls = ", tls: {mode: requireTLS, allowConnectionsWithoutCertificates: true, certificateKeyFile: "
                + certificateAndKey + ", CAFile: " + authority + "}";
        return this;
    }

    /**
     * Starts the set and returns when m1 is its primary and all others are in service. What was started so far is removed
     * when anything fails.
     *
     * @throws ReplicaSetException when something fails, with the server's own words
     */
    public ReplicaSet start() {
        Map<String, Integer> ports = Ports.free(members);
        Path workDir = newWorkDir();
        ReplicaSet set = new ReplicaSet(name, workDir, ports, access);
        set.own();
        try {
            lay(set);
            set.members().forEach(ReplicaSetMember::start);
            new Initiation(name, version, clusterRole, settings, changes, access).of(set);
            return set;
        } catch (IOException | MongoException e) {
            set.close();
            throw new ReplicaSetException("cannot start the set " + name + ": " + e.getMessage(), e);
        } catch (ReplicaSetException e) {
            set.close();
            throw e;
        }
    }

    private void lay(ReplicaSet set) throws IOException {
        Files.createDirectory(set.versionsDir());
        Set<String> installed = new LinkedHashSet<>(alsoInstalled);
        installed.add(version);
        for (String each : installed) {
            Files.createSymbolicLink(set.versionsDir().resolve(each), binaries.home(each));
        }
        for (ReplicaSetMember m : set.members()) {
            Files.createDirectories(m.dataDir());
            Files.writeString(m.configFile(), configuration(m));
            m.install(version);
        }
        if (access.user().isPresent()) {
            KeyFile.write(set);
        }
    }

    private String configuration(ReplicaSetMember m) {
        String role = clusterRole.isEmpty() ? "" : "sharding: {clusterRole: " + clusterRole + "}\n";
        return "storage:\n  dbPath: " + m.dataDir() + "\n  wiredTiger: {engineConfig: {cacheSizeGB: 0.25}}\n"
                + "net: {port: " + m.port() + ", bindIp: 127.0.0.1, unixDomainSocket: {enabled: false}" + tls + "}\n"
                + "replication: {replSetName: " + name + ", oplogSizeMB: " + oplogMebibytes + "}\n"
                + "systemLog: {destination: file, path: " + m.logFile() + ", logAppend: true}\n"
                + "processManagement: {pidFilePath: " + m.home().resolve("mongod.pid") + "}\n"
                + "setParameter: " + parameters.toJson() + "\n" + role
                + (access.user().isEmpty() ? "" : "security: {keyFile: " + KeyFile.of(m) + "}\n");
    }

    static Path temporary() throws IOException {
        return Path.of(System.getProperty("java.io.tmpdir", "/tmp")).toRealPath();
    }

    private static Path newWorkDir() {
        try {
            Path made = Files.createTempDirectory(
                    temporary(),
                    PREFIX,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Owner.self().write(made);
            return made;
        } catch (IOException e) {
            throw new ReplicaSetException("cannot make a work directory: " + e.getMessage(), e);
        }
    }
}
