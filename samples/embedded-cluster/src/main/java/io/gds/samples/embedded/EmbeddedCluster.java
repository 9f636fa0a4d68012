package io.gds.samples.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A real PostgreSQL cluster on this machine: a primary and its streaming standbys, each a server of its own on 127.0.0.1.
 *
 * <p>The process that started it owns it: {@link #close} and the end of that process stop the servers and remove the work directory.
 * {@link #detach} gives that up, {@link #adopt} takes it over. Thread-safe, but two threads must not start and stop servers at once.
 */
public final class EmbeddedCluster implements AutoCloseable {
    private static final Duration STREAMING_LIMIT = Duration.ofSeconds(60);

    private final Layout layout;
    private final List<Member> members;
    private final AtomicBoolean owned = new AtomicBoolean();
    private final Thread hook;

    private EmbeddedCluster(Layout layout) {
        this.layout = layout;
        this.members =
                layout.ports().stream().map(port -> new Member(layout, port)).toList();
        Path workDir = layout.workDir();
        this.hook = new Thread(() -> Teardown.remove(workDir), "embedded-cluster-" + layout.name());
    }

    /** Describes a new cluster. */
    public static EmbeddedClusterBuilder builder(PostgresBinaries binaries) {
        return new EmbeddedClusterBuilder(binaries);
    }

    static EmbeddedCluster owned(Layout layout) {
        EmbeddedCluster cluster = new EmbeddedCluster(layout);
        cluster.adopt();
        return cluster;
    }

    /**
     * Opens a cluster that another process, or an earlier one, has started. The handle does not own it: closing it stops nothing, until
     * {@link #adopt} is called.
     */
    public static EmbeddedCluster attach(Path workDir) {
        try {
            Path real = workDir.toRealPath();
            Owner.read(real);
            return new EmbeddedCluster(Layout.read(real));
        } catch (IOException e) {
            throw new EmbeddedClusterException("Cannot attach to " + workDir + ": " + e.getMessage(), e);
        }
    }

    /**
     * Removes what dead processes of this user have left in the temporary directory, servers included, and clusters that were detached
     * more than six hours ago.
     *
     * @return the work directories removed
     */
    public static List<Path> sweep() {
        try {
            return Teardown.sweep(temporary());
        } catch (IOException e) {
            throw new EmbeddedClusterException("Cannot sweep: " + e.getMessage(), e);
        }
    }

    static Path temporary() throws IOException {
        return Path.of(System.getProperty("java.io.tmpdir", "/tmp")).toRealPath();
    }

    /** Hands the cluster over: neither {@link #close} nor the end of this process stops it from now on. */
    public void detach() {
        if (owned.compareAndSet(true, false)) {
            writeOwner(Owner.detached());
            removeHook();
        }
    }

    /** Makes this process the owner, whoever was it before. */
    public void adopt() {
        if (owned.compareAndSet(false, true)) {
            writeOwner(Owner.self());
            Runtime.getRuntime().addShutdownHook(hook);
        }
    }

    private void writeOwner(Owner owner) {
        try {
            owner.write(layout.workDir());
        } catch (IOException e) {
            throw new EmbeddedClusterException("Cannot write to " + layout.workDir() + ": " + e.getMessage(), e);
        }
    }

    public String name() {
        return layout.name();
    }

    /** The version the members ran at first. */
    public String initialVersion() {
        return layout.version();
    }

    /** All members in the order of their names. */
    public List<Member> members() {
        return members;
    }

    /** The member of this name, n1 for example. */
    public Member member(String name) {
        return members.stream()
                .filter(member -> member.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new EmbeddedClusterException("No member " + name + " among " + members));
    }

    /**
     * The one running member that is not in recovery, asked just now.
     *
     * @throws EmbeddedClusterException when there is none or more than one
     */
    public Member primary() {
        List<Member> found = new ArrayList<>();
        List<String> answers = new ArrayList<>();
        for (Member member : members) {
            if (!member.isRunning()) {
                answers.add(member.name() + " is down");
                continue;
            }
            try (Connection connection = member.connect(Layout.SUPERUSER);
                    Statement statement = connection.createStatement()) {
                boolean standby = Boolean.parseBoolean(text(statement, "SELECT pg_is_in_recovery()::text"));
                answers.add(member.name() + (standby ? " is a standby" : " is a primary"));
                if (!standby) {
                    found.add(member);
                }
            } catch (SQLException e) {
                answers.add(member.name() + " did not answer: " + e.getMessage());
            }
        }
        if (found.size() != 1) {
            throw new EmbeddedClusterException("Not one primary: " + String.join(", ", answers));
        }
        return found.get(0);
    }

    /** All members but the primary. */
    public List<Member> standbys() {
        Member primary = primary();
        return members.stream().filter(member -> !member.equals(primary)).toList();
    }

    /** Connects to the primary as superuser. */
    public Connection connect() throws SQLException {
        return primary().connect();
    }

    /** Connects to the primary through {@link #applicationUrl} as the application does. */
    public Connection connectApplication() throws SQLException {
        return Member.connect(applicationUrl(), layout.user(), applicationPassword());
    }

    /** The JDBC address an application uses, without credentials: it finds the primary among all members. */
    public String applicationUrl() {
        return "jdbc:postgresql://" + layout.hostList() + "/" + layout.database()
                + "?targetServerType=primary&hostRecheckSeconds=0";
    }

    public String applicationUser() {
        return layout.user();
    }

    public String applicationPassword() {
        return layout.password(layout.user());
    }

    /**
     * Waits until every standby streams on the primary's timeline and has replayed all that the primary had written when this was called.
     *
     * @throws EmbeddedClusterException after a minute, naming who is missing and why
     */
    public void awaitStreaming() {
        awaitStreaming(STREAMING_LIMIT);
    }

    public void awaitStreaming(Duration limit) {
        StreamingCheck check = new StreamingCheck(this);
        Await.until("all standbys of " + name() + " stream", limit, check);
    }

    /** The directory that holds everything of this cluster. */
    public Path workDir() {
        return layout.workDir();
    }

    /** The file with the superuser's password, readable by the current user only. */
    public Path secretFile() {
        return layout.secret(Layout.SUPERUSER);
    }

    /** The directory of installed versions, each a directory or a link named like {@code 17.9}. */
    public Path versionsDir() {
        return layout.versions();
    }

    /** The user that runs the servers and owns the data directories when that is not the current one: {@code nobody} for root. */
    public Optional<String> serverUser() {
        return layout.serverUser().switchTo();
    }

    /**
     * Installs a version that looks right and does not start: {@code postgres --version} answers this version, {@code pg_ctl} works, and
     * the server prints an error and ends.
     */
    public void installBroken(String version) {
        try {
            BrokenVersion.install(layout, version);
        } catch (IOException e) {
            throw new EmbeddedClusterException("Cannot install the broken " + version + ": " + e.getMessage(), e);
        }
    }

    /** Writes the specification of this cluster for the patching library. */
    public void writeSpec(Path file) {
        StringBuilder text = new StringBuilder();
        Path work = layout.workDir();
        text.append("engine: postgres\nname: ").append(layout.name()).append("\nenvironment: test\n");
        text.append("connection:\n  database: ").append(layout.database()).append('\n');
        text.append("  user: ").append(Layout.SUPERUSER).append('\n');
        text.append("  password: file:").append(secretFile()).append('\n');
        text.append("endpoint: \"").append(layout.hostList()).append("\"\nmembers:\n");
        for (Member member : members) {
            text.append("  - name: ").append(member.name()).append('\n');
            text.append("    host: ").append(member.host()).append('\n');
            text.append("    port: ").append(member.port()).append('\n');
            text.append("    dataDir: ").append(member.dataDir()).append('\n');
        }
        text.append("packages:\n  type: directories\n  root: ")
                .append(versionsDir())
                .append('\n');
        text.append("  link: ").append(work).append("/{member}/current\n");
        text.append("shell:\n  type: local\n");
        serverUser().ifPresent(user -> text.append("  user: ").append(user).append('\n'));
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new EmbeddedClusterException("Cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /** Stops all servers and removes the work directory when this process owns the cluster; otherwise does nothing. */
    @Override
    public void close() {
        if (owned.compareAndSet(true, false)) {
            Teardown.remove(layout.workDir());
            removeHook();
        }
    }

    private void removeHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook runs already, and finds nothing to do or does what close would have done.
            return;
        }
    }

    static String text(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            String value = row.next() ? row.getString(1) : null;
            return value == null ? "" : value;
        }
    }

    static Set<String> texts(Statement statement, String query) throws SQLException {
        Set<String> values = new HashSet<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(String.valueOf(rows.getString(1)));
            }
        }
        return values;
    }

    @Override
    public String toString() {
        return "cluster " + layout.name() + " in " + layout.workDir();
    }
}
