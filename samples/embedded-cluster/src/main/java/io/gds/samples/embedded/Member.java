package io.gds.samples.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Properties;

/**
 * One server of an embedded cluster. Holds no state of its own: every answer is looked up. Thread-safe, but two threads must not start
 * and stop the same member at once.
 */
public final class Member {
    private static final Duration CHILDREN_LIMIT = Duration.ofSeconds(10);
    private static final Duration REAPED_LIMIT = Duration.ofSeconds(5);
    private static final int LOG_TAIL = 2000;

    private final Layout layout;
    private final String name;
    private final int port;

    Member(Layout layout, Layout.Port port) {
        this.layout = layout;
        this.name = port.member();
        this.port = port.number();
    }

    public String name() {
        return name;
    }

    public String host() {
        return "127.0.0.1";
    }

    public int port() {
        return port;
    }

    /** The directory of this member's files, which the server user owns. */
    public Path home() {
        return layout.workDir().resolve(name);
    }

    public Path dataDir() {
        return home().resolve("data");
    }

    /** The link to the installed version: what the next {@link #start} runs. */
    public Path currentLink() {
        return home().resolve("current");
    }

    public Path logFile() {
        return home().resolve("server.log");
    }

    /** The version the link points to, like {@code 17.9}. */
    public String installedVersion() {
        try {
            return String.valueOf(Files.readSymbolicLink(currentLink()).getFileName());
        } catch (IOException e) {
            throw new EmbeddedClusterException("Cannot read " + currentLink() + ": " + e.getMessage(), e);
        }
    }

    /** Points the link to another installed version, in one step. The running server keeps what it runs. */
    public void install(String version) {
        Path target = layout.versions().resolve(version);
        if (!Files.isDirectory(target)) {
            throw new EmbeddedClusterException("Version " + version + " is not in " + layout.versions());
        }
        try {
            Trees.point(currentLink(), target, layout.serverUser());
        } catch (IOException e) {
            throw new EmbeddedClusterException("Cannot point " + currentLink() + ": " + e.getMessage(), e);
        }
    }

    /** The process id of the postmaster, empty when the server is down. */
    public OptionalLong pid() {
        try {
            List<String> lines = Files.readAllLines(pidFile());
            long pid = lines.isEmpty() ? 0 : Long.parseLong(lines.get(0).strip());
            // A stale file may name a process that is none of ours.
            return Processes.isPostgresIn(pid, dataDir()) ? OptionalLong.of(pid) : OptionalLong.empty();
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    public boolean isRunning() {
        return pid().isPresent();
    }

    /**
     * Starts the installed version and returns when it accepts connections.
     *
     * @throws EmbeddedClusterException when it does not come up, with the end of its log
     */
    public void start() {
        awaitStarted(launchStart());
    }

    Commands.Running launchStart() {
        try {
            // Where nobody reaps orphans (a container without init) a killed postmaster stays as a zombie, and postgres
            // would take
            // its lock files for those of a live server.
            if (Processes.postgresIn(dataDir()).isEmpty()) {
                Files.deleteIfExists(pidFile());
                Files.deleteIfExists(layout.sockets().resolve(".s.PGSQL." + port + ".lock"));
            }
        } catch (IOException e) {
            throw new EmbeddedClusterException("Cannot remove the stale locks of " + name + ": " + e.getMessage(), e);
        }
        return layout.launch(pgCtl("-l", logFile().toString(), "-w", "-t", "60", "-s", "start"));
    }

    void awaitStarted(Commands.Running start) {
        Commands.Result result = start.await();
        if (!result.ok()) {
            throw new EmbeddedClusterException("Member " + name + " with version " + installedVersion()
                    + " did not start: " + result.output().strip() + "\n" + logTail());
        }
    }

    /** Stops the server the way an administrator does ({@code pg_ctl -m fast}) and returns when it is down. */
    public void stopFast() {
        layout.launch(pgCtl("-m", "fast", "-w", "-t", "60", "-s", "stop"))
                .await()
                .orThrow();
    }

    /** Kills the postmaster like a crash does (SIGKILL) and returns when none of its children is left. */
    public void kill() {
        OptionalLong postmaster = pid();
        postmaster.ifPresent(Processes::kill);
        if (!Await.whether(CHILDREN_LIMIT, () -> Processes.postgresIn(dataDir()).isEmpty())) {
            Processes.postgresIn(dataDir()).forEach(Processes::kill);
            Await.until(
                    "every process of " + name + " is gone",
                    CHILDREN_LIMIT,
                    () -> Await.missing(Processes.postgresIn(dataDir()).isEmpty(), "still some"));
        }
        // Until somebody reaps the zombie, its id exists, and a server started now would take the lock files for held
        // ones. Whether
        // anybody does depends on the machine; start() copes where nobody does.
        postmaster.ifPresent(
                pid -> Await.whether(REAPED_LIMIT, () -> !Files.exists(Path.of("/proc", Long.toString(pid)))));
    }

    /** Connects to the cluster's database as superuser. */
    public Connection connect() throws SQLException {
        return connect(layout.database());
    }

    Connection connect(String database) throws SQLException {
        return connect(url(database), Layout.SUPERUSER, layout.password(Layout.SUPERUSER));
    }

    static Connection connect(String url, String user, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "60");
        properties.setProperty("ApplicationName", "embedded-cluster");
        return DriverManager.getConnection(url, properties);
    }

    /** The JDBC address of this member alone, without credentials. */
    public String connectionUrl() {
        return url(layout.database());
    }

    private String url(String database) {
        return "jdbc:postgresql://" + host() + ":" + port + "/" + database;
    }

    private Path pidFile() {
        return dataDir().resolve("postmaster.pid");
    }

    private List<String> pgCtl(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                currentLink().resolve("bin/pg_ctl").toString(), "-D", dataDir().toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    String logTail() {
        try {
            byte[] log = Files.readAllBytes(logFile());
            int from = Math.max(0, log.length - LOG_TAIL);
            return new String(log, from, log.length - from, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    @Override
    public String toString() {
        return name + "@" + host() + ":" + port;
    }
}
