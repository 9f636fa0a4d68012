package io.gds.database.testkit.mssql;

import io.gds.database.testkit.linux.LinuxHost;
import io.gds.database.testkit.tds.Login;
import io.gds.database.testkit.tds.ServerBuild;
import io.gds.database.testkit.tds.SqlEndpoint;
import io.gds.database.testkit.tds.SqlFailure;
import io.gds.database.testkit.tds.SqlSession;
import io.gds.database.testkit.tds.TdsServer;
import io.gds.database.testkit.windows.HostTimer;
import io.gds.database.testkit.windows.WindowsHost;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * A running instance: reachable while its service runs, in script upgrade mode for a while after its programs were replaced, with
 * system views that say what the model is. Thread-safe.
 */
public final class SqlInstance implements AutoCloseable {
    private static final Duration SCRIPTS = Duration.ofMinutes(2);
    private static final String MASTER = "master";

    private final InstanceHome home;
    private final String edition;
    private final String user;
    private final String password;
    private final TdsServer server;
    private final Map<String, String> databases = new ConcurrentSkipListMap<>();
    private final ServerCatalogue catalogue;
    private final InstanceAnswers answers;
    private final InstanceGroups groups = new InstanceGroups();
    private volatile String version;
    private boolean hadr;
    private boolean closed;
    private boolean clustered;
    private Instant startedAt;
    private Instant scriptsUntil = Instant.MIN;
    private Duration scripts = SCRIPTS;
    private int starts;

    private SqlInstance(InstanceHome home, String edition, String user, String password, InetAddress address, int port)
            throws IOException {
        this.home = home;
        this.edition = edition;
        this.user = user;
        this.password = password;
        this.version = home.version();
        this.startedAt = now();
        for (String name : List.of(MASTER, "model", "msdb", "tempdb")) {
            databases.put(name, "ONLINE");
        }
        SqlEndpoint endpoint = this::login;
        this.catalogue = new ServerCatalogue(databases, home::now, user);
        this.answers = new InstanceAnswers(this, new ServerStatements(catalogue, this::cut));
        this.server = TdsServer.builder(endpoint)
                .address(address)
                .port(port)
                .build(build(version))
                .start();
        home.tell(this::started, this::stopped);
    }

    /**
     * Starts an instance that is installed on a host.
     *
     * @param user who may log in
     * @param password by this password
     */
    public static SqlInstance start(
            WindowsHost host, InstalledInstance installed, String edition, String user, String password)
            throws IOException {
        return start(host, installed, edition, user, password, InetAddress.getLoopbackAddress(), 0);
    }

    /**
     * Starts an instance that is installed on a host at an address of its own.
     *
     * @param address one of this machine alone, such as 127.0.1.7
     * @param port 0 for any free one
     */
    public static SqlInstance start(
            WindowsHost host,
            InstalledInstance installed,
            String edition,
            String user,
            String password,
            InetAddress address,
            int port)
            throws IOException {
        return new SqlInstance(new WindowsHome(host, installed), edition, user, password, address, port);
    }

    /**
     * Starts the instance of a host with Linux on which {@code mssql-server} is installed.
     *
     * @param address one of this machine alone
     * @param port 0 for any free one
     */
    public static SqlInstance start(
            LinuxHost host, String edition, String user, String password, InetAddress address, int port)
            throws IOException {
        host.unit(LinuxHome.PACKAGE).running();
        SqlInstance instance = new SqlInstance(new LinuxHome(host), edition, user, password, address, port);
        instance.catalogue().onLinux();
        return instance;
    }

    /**
     * Starts the instance of a failover cluster on the node that owns it.
     *
     * @param address of its network name: one of this machine alone, wherever it runs
     * @param port 0 for any free one
     */
    public static SqlInstance start(
            FailoverCluster cluster, String edition, String user, String password, InetAddress address, int port)
            throws IOException {
        return new SqlInstance(cluster.home(), edition, user, password, address, port);
    }

    private static ServerBuild build(String version) {
        String[] numbers = version.split("\\.", -1);
        return new ServerBuild(
                Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]), Integer.parseInt(numbers[2]));
    }

    /** The service behind the port. */
    public TdsServer server() {
        return server;
    }

    /** Adds a database or changes its state, for example {@code ONLINE} or {@code RECOVERY_PENDING}. */
    public SqlInstance database(String name, String state) {
        databases.put(name, state);
        return this;
    }

    /** What it holds beyond its programs. */
    public ServerCatalogue catalogue() {
        return catalogue;
    }

    private void cut(int session) {
        server.cut(s -> s.id() == session);
    }

    /** How long it lets nobody in after its programs were replaced; two minutes when not said. */
    public synchronized SqlInstance scriptsTake(Duration time) {
        scripts = time;
        return this;
    }

    /** The version that runs. */
    public String version() {
        return version;
    }

    /** What it calls itself, {@code HOST} or {@code HOST\\INSTANCE}: so groups name their replicas. */
    public String serverName() {
        return home.networkName() + namedInstance().map(n -> "\\" + n).orElse("");
    }

    /** Switches availability groups on, also before it is in one. */
    public synchronized SqlInstance hadrEnabled(boolean on) {
        hadr = on;
        return this;
    }

    synchronized boolean isHadrEnabled() {
        return hadr || !groups.isEmpty();
    }

    /** Says of itself that it is an instance of a failover cluster, without nodes: those a {@link FailoverCluster} has. */
    public synchronized SqlInstance clustered(boolean on) {
        clustered = on;
        return this;
    }

    synchronized boolean isClustered() {
        return clustered || !clusterNodes().isEmpty();
    }

    List<List<@Nullable Object>> clusterNodes() {
        return home.clusterNodes();
    }

    String networkName() {
        return home.networkName();
    }

    /** Statements that the model does not know: a test asserts that there are none. */
    public List<String> refused() {
        return answers.refused();
    }

    private void stopped() {
        server.refuse();
        server.cutAll();
        synchronized (this) {
            starts++;
        }
        groups.stopped();
    }

    private void started() {
        Instant upgradedAt;
        int mine;
        synchronized (this) {
            if (closed) {
                return; // its test is over, and its setup was not
            }
            String now = home.version();
            if (!now.equals(version)) {
                scriptsUntil = now().plus(scripts);
            }
            version = now;
            startedAt = now();
            upgradedAt = scriptsUntil;
            mine = ++starts;
        }
        catalogue.started();
        server.build(build(version()));
        if (!server.isAccepting()) {
            server.accept();
        }
        if (upgradedAt.isAfter(now())) {
            home.timer().after(Duration.between(now(), upgradedAt), () -> joinGroups(mine));
        } else {
            joinGroups(mine);
        }
    }

    /** Groups start when the server lets clients in, which it does not while its own databases are upgraded. */
    private void joinGroups(int mine) {
        synchronized (this) {
            if (mine != starts) {
                return;
            }
        }
        groups.started();
    }

    private SqlSession login(Login login) throws SqlFailure {
        if (!login.user().equalsIgnoreCase(user) || !login.password().equals(password)) {
            throw SqlFailure.loginFailed(login.user());
        }
        String database = login.database().isEmpty() ? MASTER : login.database();
        synchronized (this) {
            if (now().isBefore(scriptsUntil)) {
                throw SqlFailure.scriptUpgradeMode(login.user());
            }
        }
        open(database, login);
        return new InstanceSession(this, login, database);
    }

    /** Whether a client may use a database here. */
    void open(String database, Login login) throws SqlFailure {
        LocalGroup group = groups.of(database);
        if (group != null) {
            group.open(database, login.readOnlyIntent());
        } else if (!"ONLINE".equals(databases.get(database))) {
            throw SqlFailure.cannotOpenDatabase(database);
        }
    }

    InstanceGroups groups() {
        return groups;
    }

    /** Makes this server a member of a group, with its databases. */
    void join(LocalGroup group, List<String> names) {
        names.forEach(n -> databases.put(n, "ONLINE"));
        groups.add(group);
    }

    InstanceAnswers answers() {
        return answers;
    }

    synchronized Instant startedAt() {
        return startedAt;
    }

    /** The number of a database, which differs from server to server. */
    int databaseId(String name) {
        return catalogue.idOf(name);
    }

    String edition() {
        return edition;
    }

    private Instant now() {
        return home.now();
    }

    String hostName() {
        return home.hostName();
    }

    boolean isHostUp() {
        return home.isUp();
    }

    HostTimer timer() {
        return home.timer();
    }

    /** Its name, when it is not the default one. */
    Optional<String> namedInstance() {
        return Optional.of(home.instance()).filter(n -> !n.equals("MSSQLSERVER"));
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        server.close();
        answers.close();
    }
}
