package io.gds.database.testkit.mssql;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an instance holds beyond its programs: databases with their files and users, logins, options, counters, its log, its disk. The
 * statements of an administrator change it, its views show it, a test fills it and looks at it. Thread-safe.
 */
public final class ServerCatalogue {
    static final int LAST_SYSTEM_DATABASE = 4;
    private static final List<String> SYSTEMS = List.of("master", "tempdb", "model", "msdb");

    final Map<String, String> states;
    final Map<String, ModelDatabase> databases = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    final Map<String, Login> logins = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    final Map<String, ModelOption> options = ModelOption.ofFreshInstance();
    final List<Permission> permissions = new ArrayList<>();
    final Map<List<String>, Counter> counters = new LinkedHashMap<>();
    /** The running log first, then its archives. */
    final List<List<LogLine>> logs = new ArrayList<>(List.of(new ArrayList<>()));

    private final Supplier<Instant> clock;
    private final ServerDisk disk = new ServerDisk();
    private final ServerSessions sessions = new ServerSessions();
    private final ReplicaViews replicas = new ReplicaViews();
    private final BackupHistory backups = new BackupHistory();
    private boolean linux;
    private String version = "";
    private String edition = "";

    /** A login. */
    record Login(String name, String type, int sid, boolean disabled, Set<String> roles, @Nullable String password) {}

    /** What somebody may do, or may not: {@code CL} is CONTROL SERVER, {@code COSQ} is CONNECT SQL. */
    record Permission(String login, String type, boolean denied) {}

    /** A row of sys.dm_os_performance_counters. */
    record Counter(String object, String name, String instance, long value, int type) {}

    /** A row that sp_readerrorlog gives. */
    record LogLine(LocalDateTime at, String process, String text) {}

    /**
     * The catalogue of a fresh instance.
     *
     * @param states the databases with their states, shared with the instance
     * @param clock the time of the instance
     * @param owner the login that tests come with: it may do anything
     */
    ServerCatalogue(Map<String, String> states, Supplier<Instant> clock, String owner) {
        this.states = states;
        this.clock = clock;
        add("sa", "S", true, Set.of("sysadmin"));
        add(owner, "S", false, Set.of("sysadmin"));
        add("##MS_PolicyEventProcessingLogin##", "S", true, Set.of());
    }

    /** The instance runs on Linux; to be said before anybody logs in. */
    public synchronized ServerCatalogue onLinux() {
        linux = true;
        disk.makeFolder(folder());
        return this;
    }

    /** The host's files. */
    public ServerDisk disk() {
        return disk;
    }

    /** Who is there. */
    public ServerSessions sessions() {
        return sessions;
    }

    /** The replicas of groups that it is in. */
    public ReplicaViews replicas() {
        return replicas;
    }

    /** The backups that it knows of. */
    public BackupHistory backups() {
        return backups;
    }

    /** Adds a login: type {@code S} of the server, {@code U} of Windows, {@code C} of a certificate. */
    public synchronized ServerCatalogue login(String name, String type, boolean disabled, String... roles) {
        add(name, type, disabled, Set.of(roles));
        return this;
    }

    private void add(String name, String type, boolean disabled, Set<String> roles) {
        logins.put(name, new Login(name, type, logins.size() + 1, disabled, new TreeSet<>(roles), null));
    }

    /** Grants a permission of the server by its short name, for example {@code CL} for CONTROL SERVER. */
    public synchronized ServerCatalogue grant(String login, String type) {
        permissions.add(new Permission(login, type, false));
        return this;
    }

    /** Denies a permission of the server, for example {@code COSQ} for CONNECT SQL. */
    public synchronized ServerCatalogue deny(String login, String type) {
        permissions.add(new Permission(login, type, true));
        return this;
    }

    /** Takes a role of the server from a login. */
    public synchronized ServerCatalogue withoutRole(String login, String role) {
        Login found = logins.get(login);
        if (found == null || !found.roles().remove(role)) {
            throw new IllegalArgumentException(login + " is not in " + role);
        }
        return this;
    }

    synchronized boolean hasRole(String login, String role) {
        Login found = logins.get(login);
        return found != null && found.roles().contains(role);
    }

    synchronized boolean isGranted(String login, String type) {
        return permissions.contains(new Permission(login, type, false))
                && !permissions.contains(new Permission(login, type, true));
    }

    /** Whether there is such a login, and it has this password. */
    public synchronized boolean hasLogin(String name, String password) {
        Login found = logins.get(name);
        return found != null && password.equals(found.password());
    }

    /** Adds a user to a database; one without a login has a password of its own. */
    public synchronized ServerCatalogue user(String database, String name, Optional<String> login, String... roles) {
        of(database).users.put(name, new ModelDatabase.User(name, login, Set.of(roles)));
        return this;
    }

    /** The users of a database. */
    public synchronized Set<String> users(String database) {
        return Set.copyOf(of(database).users.keySet());
    }

    /** Adds a table to a database. */
    public synchronized ServerCatalogue table(String database, String table) {
        return table(database, table, 0);
    }

    /** Adds a table of one column, {@code id}, with rows from 1 on. In a group it is seen by no query: its tables come from its log. */
    public synchronized ServerCatalogue table(String database, String table, int rows) {
        of(database).tables.put(table, rows);
        return this;
    }

    /** What queries see of a database's tables. */
    synchronized List<Relation> userTables(String database) {
        return states.keySet().stream().anyMatch(database::equalsIgnoreCase)
                ? UserTables.numbered(of(database).tables)
                : List.of();
    }

    /** The tables of a database. */
    public synchronized Set<String> tables(String database) {
        return Set.copyOf(of(database).tables.keySet());
    }

    /** The paths of a database's files. */
    public synchronized List<String> files(String database) {
        return of(database).files.stream().map(ModelDatabase.File::path).toList();
    }

    /** Adds a file of data to a database. */
    public synchronized ServerCatalogue file(String database, String logical, String path) {
        List<ModelDatabase.File> files = of(database).files;
        files.add(new ModelDatabase.File(files.size() + 1, "ROWS", logical, path, 1));
        return this;
    }

    /** Something in a database is broken, which a check of it finds. */
    public synchronized ServerCatalogue damage(String database, String finding) {
        of(database).damage.add(finding);
        return this;
    }

    /** A check of a database found nothing, the last time at this moment. */
    public synchronized ServerCatalogue checked(String database, Instant at) {
        of(database).checked = at;
        return this;
    }

    /** Lets nobody write to a database any more. */
    public synchronized ServerCatalogue readOnly(String database) {
        of(database).readOnly = true;
        return this;
    }

    /** A database's modules may use other databases. */
    public synchronized ServerCatalogue trustworthy(String database) {
        of(database).trustworthy = true;
        return this;
    }

    /** What is set for a database, for example {@code RESTRICTED_USER, read-only, trustworthy, broker}. */
    public synchronized String settings(String database) {
        return of(database).settings();
    }

    synchronized boolean isReadOnly(String database) {
        return of(database).readOnly;
    }

    /** Encrypts a database at rest. */
    public synchronized ServerCatalogue encrypt(String database) {
        of(database).encrypted = true;
        return this;
    }

    /** Makes a login the owner of a database. */
    public synchronized ServerCatalogue owner(String database, String login) {
        of(database).owner = login;
        return this;
    }

    /** Sets a counter, by the object's name without that of the instance. */
    public synchronized ServerCatalogue counter(String object, String name, String of, long value, int type) {
        counters.put(List.of(object, name, of), new Counter(object, name, of, value, type));
        return this;
    }

    /** Writes a line into the log. */
    public synchronized ServerCatalogue log(Instant at, String process, String text) {
        logs.get(0).add(new LogLine(at.atOffset(ZoneOffset.UTC).toLocalDateTime(), process, text));
        return this;
    }

    /** Begins a new log. */
    public synchronized ServerCatalogue cycleLog() {
        logs.add(0, new ArrayList<>());
        return this;
    }

    /** The value of an option as it is configured, and as it runs. */
    public synchronized List<Long> option(String name) {
        ModelOption o = options.get(name);
        return o == null ? List.of() : List.of(o.value, o.inUse);
    }

    /** Somebody configures an option and leaves it at that. */
    public synchronized ServerCatalogue configured(String name, long value) {
        ModelOption o = options.get(name);
        if (o == null) {
            throw new IllegalArgumentException("no option " + name);
        }
        o.value = value;
        return this;
    }

    /** The value of a database's own option. */
    public synchronized String scoped(String database, String name) {
        return of(database).scoped.getOrDefault(name, "");
    }

    /** A process was started: what waited for that is in force. */
    synchronized void started() {
        options.values().forEach(ModelOption::install);
        cycleLog();
    }

    /** What runs now, and the databases that there are now: to be said before anything is executed or asked. */
    synchronized void refresh(String running, String sold) {
        version = running;
        edition = sold;
        databases.keySet().removeIf(name -> states.keySet().stream().noneMatch(name::equalsIgnoreCase));
        states.keySet().forEach(this::of);
    }

    /** Its views, but those of groups. */
    synchronized List<Relation> relations(Instance instance) {
        return new CatalogueViews(this, instance).relations();
    }

    /**
     * Of what instance the views speak.
     *
     * @param joined the databases that are in a group here, by their name in small letters
     */
    record Instance(String name, String version, Instant startedAt, Map<String, LocalGroup.DatabaseState> joined) {
        int major() {
            return ServerCatalogue.major(version);
        }

        boolean isNamed() {
            return name.indexOf('\\') > 0;
        }
    }

    /** The properties of the server that depend on what stands here. */
    synchronized void properties(Map<String, String> properties) {
        String edition = properties.getOrDefault("Edition", "");
        properties.put("PathSeparator", separator());
        properties.put(
                "EngineEdition", edition.startsWith("Express") ? "4" : edition.startsWith("Enterprise") ? "3" : "2");
        properties.put("Collation", "SQL_Latin1_General_CP1_CI_AS");
        properties.put("IsSingleUser", "0");
        properties.put("InstanceDefaultDataPath", folder());
        properties.put("InstanceDefaultLogPath", folder());
    }

    /** The number of a database, which differs from server to server. */
    synchronized int idOf(String name) {
        return of(name).id;
    }

    synchronized ModelDatabase of(String name) {
        String state = states.keySet().stream()
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no database " + name));
        return databases.computeIfAbsent(state, n -> new ModelDatabase(n, id(n), now(), folder()));
    }

    private int id(String name) {
        int system = SYSTEMS.indexOf(name);
        return system >= 0
                ? system + 1
                : 1 + databases.values().stream().mapToInt(d -> d.id).reduce(LAST_SYSTEM_DATABASE, Math::max);
    }

    static int major(String version) {
        return Integer.parseInt(version.substring(0, version.indexOf('.')));
    }

    String version() {
        return version;
    }

    String edition() {
        return edition;
    }

    /** Source: Editions and supported features, "Backup compression". */
    boolean canCompress() {
        return !edition.startsWith("Express") && !edition.startsWith("Web");
    }

    boolean isLinux() {
        return linux;
    }

    String separator() {
        return linux ? "/" : "\\";
    }

    String folder() {
        return linux ? "/var/opt/mssql/data/" : "D:\\Data\\";
    }

    LocalDateTime now() {
        return moment().atOffset(ZoneOffset.UTC).toLocalDateTime();
    }

    Instant moment() {
        return clock.get();
    }
}
