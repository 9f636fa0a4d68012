package io.gds.samples.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Describes a cluster and starts it. Not thread-safe. */
public final class EmbeddedClusterBuilder {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedClusterBuilder.class);
    private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9_]{0,40}");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9_-]{0,40}");
    /** The kernel keeps 108 bytes for the path of a socket, the last of them zero. */
    private static final int LONGEST_SOCKET_PATH = 100;
    // Below the range from which the kernel takes the ports of outgoing connections: one of those could otherwise sit
    // on a member's port
    // at the moment the member restarts.
    private static final int FIRST_PORT = 20_000;
    private static final int PORTS = 12_000;

    private final PostgresBinaries binaries;
    private final Set<String> alsoInstalled = new LinkedHashSet<>();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Map<String, Integer> smallDisks = new LinkedHashMap<>();
    private String version;
    private int members = 3;
    private String name = "orders";
    private String synchronousStandbyNames = "";
    private boolean slots;
    private String database = "app";
    private String user = "app";

    EmbeddedClusterBuilder(PostgresBinaries binaries) {
        this.binaries = binaries;
        List<String> all = binaries.versions();
        this.version = all.get(all.size() - 1);
    }

    /** The version all members run at first, like {@code 17.9}; the highest there is unless set. */
    public EmbeddedClusterBuilder version(String version) {
        this.version = version;
        return this;
    }

    /** Adds versions to the versions directory that no member runs yet. */
    public EmbeddedClusterBuilder alsoInstalled(String... versions) {
        alsoInstalled.addAll(List.of(versions));
        return this;
    }

    /** How many members, named n1, n2 and so on; n1 is the primary at first. Three unless set. */
    public EmbeddedClusterBuilder members(int members) {
        if (members < 1 || members > 9) {
            throw new IllegalArgumentException("1 to 9 members, not " + members);
        }
        this.members = members;
        return this;
    }

    /** The cluster's name in the specification; {@code orders} unless set. */
    public EmbeddedClusterBuilder name(String name) {
        this.name = matching(NAME, "cluster name", name);
        return this;
    }

    /** Sets synchronous_standby_names on the first primary, after all standbys stream. */
    public EmbeddedClusterBuilder synchronousStandbyNames(String names) {
        this.synchronousStandbyNames = names;
        return this;
    }

    /** Whether each standby has a replication slot named like itself on the first primary; not unless set. */
    public EmbeddedClusterBuilder slots(boolean slots) {
        this.slots = slots;
        return this;
    }

    /** The application's database; {@code app} unless set. */
    public EmbeddedClusterBuilder database(String database) {
        this.database = matching(WORD, "database name", database);
        return this;
    }

    /** The application's role, which owns the database; {@code app} unless set. Never the superuser. */
    public EmbeddedClusterBuilder user(String user) {
        if (user.equals(Layout.SUPERUSER) || user.equals("pgpass") || user.startsWith("pg_")) {
            throw new IllegalArgumentException("The application's role cannot be called " + user);
        }
        this.user = matching(WORD, "role name", user);
        return this;
    }

    /** Adds a line to every member's postgresql.conf; the last one for a name wins. */
    public EmbeddedClusterBuilder setting(String setting, String value) {
        settings.put(setting, value);
        return this;
    }

    /**
     * Puts one member's data directory on a small file system of its own, for a test that fills it. Needs root; {@link #start} throws
     * {@link SmallDiskUnavailableException} where that cannot be had.
     */
    public EmbeddedClusterBuilder dataOnSmallDisk(String member, int mebibytes) {
        if (mebibytes < 128) {
            throw new IllegalArgumentException("A member needs 128 MiB at least, not " + mebibytes);
        }
        smallDisks.put(member, mebibytes);
        return this;
    }

    /**
     * Starts the cluster and returns when all standbys stream. What was started so far is removed again when anything fails.
     *
     * @throws EmbeddedClusterException when something fails, with the server's own words
     */
    public EmbeddedCluster start() {
        long began = System.nanoTime();
        ServerUser serverUser = ServerUser.current();
        Map<String, Path> homes = new LinkedHashMap<>();
        homes.put(version, binaries.home(version));
        alsoInstalled.forEach(other -> homes.put(other, binaries.home(other)));

        List<Layout.Port> ports = freePorts();
        Layout layout = new Layout(newWorkDir(serverUser), name, version, database, user, ports, serverUser);
        EmbeddedCluster cluster = EmbeddedCluster.owned(layout);
        try {
            lay(layout, cluster.members(), homes);
            startPrimary(layout, cluster.members().get(0));
            startStandbys(layout, cluster);
        } catch (IOException | SQLException e) {
            EmbeddedClusterException failure =
                    new EmbeddedClusterException("Cannot start the cluster " + name + ": " + e.getMessage(), e);
            throw closed(cluster, failure);
        } catch (RuntimeException e) {
            throw closed(cluster, e);
        }
        LOG.info(
                "Cluster {} with {} members of PostgreSQL {} runs in {} after {} ms",
                name,
                members,
                version,
                layout.workDir(),
                (System.nanoTime() - began) / 1_000_000);
        return cluster;
    }

    private static RuntimeException closed(EmbeddedCluster cluster, RuntimeException failure) {
        try {
            cluster.close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }

    private void lay(Layout layout, List<Member> all, Map<String, Path> homes) throws IOException {
        Path work = layout.workDir();
        ServerUser serverUser = layout.serverUser();
        layout.write();
        serverUser.own(Trees.directory(layout.sockets(), Trees.PRIVATE_DIRECTORY));
        Trees.directory(work.resolve("secrets"), Trees.OPEN_DIRECTORY);
        String password = Trees.randomName(24);
        Trees.secret(layout.secret(Layout.SUPERUSER), password + "\n");
        Trees.secret(layout.secret(user), Trees.randomName(24) + "\n");
        serverUser.own(Trees.secret(layout.passFile(), "*:*:*:" + Layout.SUPERUSER + ":" + password + "\n"));

        Trees.directory(layout.versions(), Trees.OPEN_DIRECTORY);
        for (Map.Entry<String, Path> home : homes.entrySet()) {
            Files.createSymbolicLink(layout.versions().resolve(home.getKey()), home.getValue());
        }
        for (Member member : all) {
            serverUser.own(Trees.directory(member.home(), Trees.OPEN_DIRECTORY));
            serverUser.own(Trees.directory(member.dataDir(), Trees.PRIVATE_DIRECTORY));
            member.install(version);
        }
        smallDisks.forEach(
                (member, size) -> Mounts.mount(layout, work.resolve(member).resolve("data"), size));
    }

    private void startPrimary(Layout layout, Member primary) throws IOException, SQLException {
        // initdb runs as another user, who cannot read our secret.
        Path password = Trees.secret(primary.home().resolve(".password"), layout.password(Layout.SUPERUSER) + "\n");
        layout.serverUser().own(password);
        layout.launch(List.of(
                        primary.currentLink().resolve("bin/initdb").toString(),
                        "--pgdata=" + primary.dataDir(),
                        "--username=" + Layout.SUPERUSER,
                        "--pwfile=" + password,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--data-checksums",
                        "--no-sync"))
                .await()
                .orThrow();
        Files.delete(password);
        MemberConfig.writeCommon(layout, primary, settings);
        MemberConfig.write(layout, primary);
        primary.start();
        try (Connection connection = primary.connect(Layout.SUPERUSER);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE " + user + " LOGIN PASSWORD '" + layout.password(user) + "'");
            statement.execute("CREATE DATABASE " + database + " OWNER " + user);
        }
    }

    private void startStandbys(Layout layout, EmbeddedCluster cluster) throws IOException, SQLException {
        Member primary = cluster.members().get(0);
        List<Member> standbys = cluster.members().subList(1, members);
        if (!standbys.isEmpty()) {
            new StandbyCopy(layout, primary, slots).make(standbys);
        }
        List<Commands.Running> starts =
                standbys.stream().map(Member::launchStart).toList();
        for (int i = 0; i < starts.size(); i++) {
            standbys.get(i).awaitStarted(starts.get(i));
        }
        cluster.awaitStreaming();
        if (!synchronousStandbyNames.isEmpty()) {
            try (Connection connection = primary.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("ALTER SYSTEM SET synchronous_standby_names = '"
                        + synchronousStandbyNames.replace("'", "''") + "'");
                statement.execute("SELECT pg_reload_conf()");
            }
        }
    }

    private Path newWorkDir(ServerUser serverUser) {
        try {
            Path parent = EmbeddedCluster.temporary();
            serverUser.requireReachable(parent);
            while (true) {
                Path candidate = parent.resolve(Teardown.PREFIX + Trees.randomName(6));
                if (candidate.resolve("s/.s.PGSQL.65535").toString().length() > LONGEST_SOCKET_PATH) {
                    throw new EmbeddedClusterException(
                            "Too long for a socket: " + candidate + ". Point java.io.tmpdir to a place like /tmp");
                }
                try {
                    return Trees.directory(candidate, Trees.OPEN_DIRECTORY);
                } catch (FileAlreadyExistsException taken) {
                    LOG.debug("{} is taken", candidate);
                }
            }
        } catch (IOException e) {
            throw new EmbeddedClusterException("Cannot make a work directory: " + e.getMessage(), e);
        }
    }

    private List<Layout.Port> freePorts() {
        SecureRandom random = new SecureRandom();
        List<Layout.Port> ports = new ArrayList<>();
        Set<Integer> tried = new LinkedHashSet<>();
        while (ports.size() < members) {
            int candidate = FIRST_PORT + random.nextInt(PORTS);
            if (tried.size() > 500) {
                throw new EmbeddedClusterException("No free port among 500 tried from " + FIRST_PORT);
            }
            if (tried.add(candidate) && isFree(candidate)) {
                ports.add(new Layout.Port("n" + (ports.size() + 1), candidate));
            }
        }
        return ports;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException inUse) {
            return false;
        }
    }

    private static String matching(Pattern pattern, String what, String value) {
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException("Not a " + what + ": " + value);
        }
        return value;
    }
}
