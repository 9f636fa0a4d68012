package io.gds.engine.mongo.hosts;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.gds.samples.mongo.MongodBinaries;
import io.gds.testbed.Bed;
import io.gds.testbed.BedNode;
import io.gds.testbed.Eventually;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.stream.Collectors;
import org.bson.Document;

/** A replica set on hosts of its own: a unit {@code mongod} on each, from packages. */
final class UnitHosts implements AutoCloseable {
    static final String OLD = "6.0.5";
    static final String NEW = "6.0.27";
    static final String SET = "rs0";
    static final String USER = "gds";
    static final String PASSWORD = "secret";

    private static final String LOGIN = USER + ":" + PASSWORD + "@";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BEHIND = Duration.ofSeconds(3);

    /** What each host's administrator wants of the unit, written as {@code systemctl edit} does; nothing on the third. */
    private static final Map<String, String> RESTART = Map.of("n1", "always", "n2", "on-failure");

    private final Bed bed;
    private final AptRepository repository;

    private UnitHosts(Bed bed, AptRepository repository) {
        this.bed = bed;
        this.repository = repository;
    }

    static UnitHosts on(Bed bed, MongodBinaries binaries) throws Exception {
        AptRepository repository = AptRepository.serve(bed.hostAddress(), binaries, OLD, NEW);
        UnitHosts hosts = new UnitHosts(bed, repository);
        try {
            hosts.setUp();
        } catch (Exception | AssertionError e) {
            repository.close();
            throw e;
        }
        return hosts;
    }

    private void setUp() {
        bed.proxy().crash(); // the bed's own cluster is not what is tested here
        for (BedNode n : members()) {
            n.systemctl("disable", "--now", "patroni", "etcd");
            configure(n, false);
            keep(n);
            sh(
                    n,
                    "echo \"$1\" >/etc/apt/sources.list; apt-get -q update; apt-get -qy"
                            + " -oDpkg::Options::=--force-confold install mongodb-org=$2 mongodb-org-server=$2",
                    repository.source(),
                    OLD);
            n.systemctl("enable", "--now", "mongod");
        }
        initiate();
        logins(true);
    }

    /** Has all servers ask for a login from now on, or for none; those who do and those who do not do not talk to each other. */
    void logins(boolean asked) {
        members().forEach(n -> n.systemctl("stop", "--no-block", "mongod")); // each waits for its readers
        for (BedNode n : members()) {
            Eventually.holds(
                    PATIENCE, n + " has ended", () -> property(n, "ActiveState").equals("inactive"));
            configure(n, asked);
        }
        members().forEach(n -> n.systemctl("start", "mongod"));
        awaitHealthy();
    }

    private static void configure(BedNode n, boolean logins) {
        String text = "storage:\n  dbPath: /var/lib/mongodb\n  wiredTiger: {engineConfig: {cacheSizeGB: 0.25}}\n"
                + "net: {port: 27017, bindIp: 0.0.0.0}\n"
                + "systemLog: {destination: file, path: /var/log/mongodb/mongod.log, logAppend: true}\n"
                + "replication: {replSetName: " + SET + ", oplogSizeMB: 200}\n"
                + "setParameter: {diagnosticDataCollectionEnabled: false}\n"
                + (logins ? "security: {keyFile: /etc/mongod.key}\n" : "");
        sh(n, "printf %s \"$1\" >/etc/mongod.conf", text);
        if (logins) {
            sh(n, "echo onlyForTests >/etc/mongod.key; chown mongodb /etc/mongod.key; chmod 400 /etc/mongod.key");
        }
    }

    private static void keep(BedNode n) {
        if (RESTART.containsKey(n.name())) {
            sh(
                    n,
                    "d=/etc/systemd/system/mongod.service.d; mkdir -p $d;"
                            + " printf '[Service]\\nRestart=%s\\n' \"$1\" >$d/override.conf",
                    RESTART.get(n.name()));
        }
    }

    private void initiate() {
        List<Document> configured = new ArrayList<>();
        for (BedNode n : members()) {
            configured.add(new Document("_id", configured.size()).append("host", address(n)));
            Eventually.holds(PATIENCE, n + " answers", () -> run("", n, new Document("ping", 1))
                    .containsKey("ok"));
        }
        BedNode first = members().get(0);
        Document set = new Document("_id", SET)
                .append("members", configured)
                .append("settings", new Document("heartbeatIntervalMillis", 500));
        run("", first, new Document("replSetInitiate", set));
        Eventually.holds(PATIENCE, first + " leads", () -> run("", first, new Document("hello", 1))
                .getBoolean("isWritablePrimary"));
        Document user = new Document("createUser", USER).append("pwd", PASSWORD).append("roles", List.of("root"));
        run("", first, user.append("writeConcern", new Document("w", 3)));
    }

    static String sh(BedNode n, String script, String... arguments) {
        List<String> words = new ArrayList<>(List.of("sh", "-ec", script, "sh"));
        words.addAll(List.of(arguments));
        return n.run(words.toArray(String[]::new));
    }

    Bed bed() {
        return bed;
    }

    List<BedNode> members() {
        return bed.members();
    }

    static String address(BedNode n) {
        return n.address() + ":27017";
    }

    String uri() {
        return "mongodb://" + LOGIN + members().stream().map(UnitHosts::address).collect(Collectors.joining(","))
                + "/?replicaSet=" + SET;
    }

    Document run(BedNode n, Document command) {
        return run(LOGIN, n, command);
    }

    private static Document run(String login, BedNode n, Document command) {
        try (MongoClient client = MongoClients.create("mongodb://" + login + address(n)
                + "/?directConnection=true&serverSelectionTimeoutMS=2000&connectTimeoutMS=2000")) {
            return client.getDatabase("admin").runCommand(command);
        }
    }

    String runningVersion(BedNode n) {
        return run(n, new Document("buildInfo", 1)).getString("version");
    }

    String installedVersion(BedNode n) {
        return n.run("dpkg-query", "-W", "-f", "${Version} ", "mongodb-org-server", "mongodb-org");
    }

    String property(BedNode n, String name) {
        return n.run("systemctl", "show", "--value", "-p", name, "mongod");
    }

    /** Everything that says how the unit is run: a patch leaves it as it was. */
    Map<String, String> units() {
        return members().stream()
                .collect(Collectors.toMap(
                        BedNode::name,
                        n -> n.run("systemctl", "show", "-p", "Restart,DropInPaths,FragmentPath", "mongod")
                                + n.run("find", "/run/systemd/system", "-path", "*mongod*")
                                + n.run("cat", "/etc/mongod.conf")));
    }

    /** Waits until every member sees every other one in service and close behind; after a start of all that comes last. */
    void awaitHealthy() {
        for (BedNode n : members()) {
            Eventually.holds(
                    PATIENCE,
                    n + " sees all in service",
                    () -> inService(run(n, new Document("replSetGetStatus", 1)).getList("members", Document.class)));
        }
    }

    private static boolean inService(List<Document> seen) {
        LongSummaryStatistics applied = seen.stream()
                .mapToLong(m -> m.getDate("optimeDate").toInstant().toEpochMilli())
                .summaryStatistics();
        return seen.stream().allMatch(m -> List.of(1, 2).contains(m.getInteger("state")))
                && seen.stream().anyMatch(m -> m.getInteger("state") == 1)
                && applied.getMax() - applied.getMin() <= BEHIND.toMillis();
    }

    @Override
    public void close() throws IOException {
        repository.close();
    }
}
