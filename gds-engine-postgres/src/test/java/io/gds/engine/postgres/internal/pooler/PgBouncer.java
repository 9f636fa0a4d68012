package io.gds.engine.postgres.internal.pooler;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gds.database.plan.Params;
import io.gds.engine.postgres.internal.config.HostPort;
import io.gds.engine.postgres.internal.config.PoolerSpec;
import io.gds.engine.postgres.internal.control.Spin;
import io.gds.samples.embedded.EmbeddedCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A real PgBouncer on the loopback, as the servers' own unprivileged user when we are root. */
final class PgBouncer implements AutoCloseable {
    private static final int FIRST_PORT = 12_000;
    private static final int PORTS = 7_000;

    static final Path PROGRAM = Path.of(System.getProperty("gds.pgbouncer", "/usr/sbin/pgbouncer"));
    static final String ADMIN = "adm";
    /** Nothing that a shell, an ini file or SQL likes. */
    private static final String ADMIN_PASSWORD = "a'd\"m $(x) `y` \\ ;#=";

    private final EmbeddedCluster cluster;
    private final String name;
    private final Path directory;
    private final int port;
    private Process process;

    private PgBouncer(EmbeddedCluster cluster, String name, Path directory, int port) {
        this.cluster = cluster;
        this.name = name;
        this.directory = directory;
        this.port = port;
    }

    static void assumeInstalled() {
        assumeTrue(Files.isExecutable(PROGRAM), "needs PgBouncer (Debian: pgbouncer), " + PROGRAM + " is not there");
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/psql")),
                "needs psql (Debian: postgresql-client), it is not there");
    }

    /** A pooler whose database app leads to the first member. */
    static PgBouncer start(EmbeddedCluster cluster, String name) throws Exception {
        return start(cluster, name, ini -> ini);
    }

    static PgBouncer start(EmbeddedCluster cluster, String name, UnaryOperator<String> change) throws Exception {
        assumeInstalled();
        Path directory = Files.createDirectory(cluster.workDir().resolve("pooler-" + name));
        PgBouncer made = new PgBouncer(cluster, name, directory, freePort());
        Files.writeString(made.configFile(), change.apply(made.usualIni()));
        Files.writeString(
                directory.resolve("userlist.txt"),
                "\"" + ADMIN + "\" \"" + ADMIN_PASSWORD.replace("\"", "\"\"") + "\"\n\"" + cluster.applicationUser()
                        + "\" \"" + cluster.applicationPassword() + "\"\n");
        Files.writeString(made.secretFile(), ADMIN_PASSWORD);
        made.own();
        made.launch();
        return made;
    }

    private String usualIni() {
        return String.join(
                "\n",
                ";; a comment with app = host=nowhere",
                "[databases]",
                "app = host=127.0.0.1 port=" + cluster.member("n1").port(),
                "",
                "[pgbouncer]",
                "listen_addr = 127.0.0.1",
                "listen_port = " + port,
                "unix_socket_dir =",
                "auth_type = plain",
                "auth_file = " + directory.resolve("userlist.txt"),
                "admin_users = " + ADMIN,
                "pool_mode = transaction",
                "ignore_startup_parameters = extra_float_digits",
                "server_login_retry = 1",
                "");
    }

    private void own() throws Exception {
        if (cluster.serverUser().isPresent()) {
            int code = new ProcessBuilder("chown", "-R", cluster.serverUser().get() + ":", directory.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IOException("chown " + directory);
            }
        }
        Files.setPosixFilePermissions(configFile(), PosixFilePermissions.fromString("rw-r-----"));
        Files.setPosixFilePermissions(secretFile(), PosixFilePermissions.fromString("rw-------"));
    }

    void launch() throws Exception {
        List<String> words = new ArrayList<>();
        cluster.serverUser().ifPresent(u -> words.addAll(List.of("setpriv", "--reuid=" + u, "--clear-groups", "--")));
        words.add(PROGRAM.toString());
        words.add(configFile().toString());
        process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("log").toFile()))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        if (!Spin.until(() -> !Listening.refuses(address()), Duration.ofSeconds(20))) {
            throw new IOException("PgBouncer does not start: " + log());
        }
    }

    PoolerSpec spec() {
        return spec(Optional.empty(), "app");
    }

    PoolerSpec spec(Optional<Duration> limit, String... databases) {
        return new PoolerSpec(
                name,
                address(),
                List.of(databases),
                ADMIN,
                "file:" + secretFile(),
                "prefer",
                Optional.empty(),
                Optional.<Params>empty(),
                limit);
    }

    HostPort address() {
        return new HostPort("127.0.0.1", port);
    }

    Path configFile() {
        return directory.resolve("pgbouncer.ini");
    }

    Path secretFile() {
        return directory.resolve("console-password");
    }

    Path directory() {
        return directory;
    }

    String ini() throws IOException {
        return Files.readString(configFile(), StandardCharsets.ISO_8859_1);
    }

    String log() throws IOException {
        return Files.readString(directory.resolve("log"));
    }

    /** A client of the application. */
    Connection connect(String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", cluster.applicationUser());
        properties.setProperty("password", cluster.applicationPassword());
        properties.setProperty("prepareThreshold", "0");
        properties.setProperty("socketTimeout", "60");
        return DriverManager.getConnection("jdbc:postgresql://" + address() + "/" + database, properties);
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        process.destroy(); // it ends at once on SIGTERM
        process.onExit()
                .orTimeout(10, TimeUnit.SECONDS)
                .exceptionally(e -> process.destroyForcibly())
                .join();
    }

    /** Below the range from which the kernel takes ports by itself: nobody comes by one of these before the pooler does. */
    private static int freePort() {
        for (int tries = 0; tries < 500; tries++) {
            int port = FIRST_PORT + ThreadLocalRandom.current().nextInt(PORTS);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException inUse) {
                // another one will be free
            }
        }
        throw new AssertionError("no free port among 500 from " + FIRST_PORT);
    }
}
