package io.gds.database.testkit.mssql;

import io.gds.database.testkit.mssql.ServerCatalogue.Login;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The views of an instance about itself: of each the columns that are asked for, with the types and words of its documentation. What a
 * version lacks is not there.
 *
 * <p>Source: System dynamic management views, System catalog views (Transact-SQL).
 */
final class CatalogueViews {
    private static final int V2017 = 14;
    private static final ServerVersion SP2_OF_2016 = new ServerVersion("13.0.5026.0");
    private static final Instant NEVER = Instant.parse("1900-01-01T00:00:00Z");
    private static final List<String> STATES =
            List.of("ONLINE", "RESTORING", "RECOVERING", "RECOVERY_PENDING", "SUSPECT", "EMERGENCY", "OFFLINE");

    private final ServerCatalogue all;
    private final ServerCatalogue.Instance instance;
    private final List<Relation> out = new ArrayList<>();

    CatalogueViews(ServerCatalogue all, ServerCatalogue.Instance instance) {
        this.all = all;
        this.instance = instance;
    }

    private static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    private <T> void view(String name, String columns, Iterable<T> source, Function<T, List<@Nullable Object>> row) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        source.forEach(each -> rows.add(row.apply(each)));
        fill(name, List.of(columns.split(", ", -1)), rows);
    }

    private void fill(String name, List<String> columns, List<List<@Nullable Object>> rows) {
        out.add(new Relation(name, columns, rows));
    }

    /** All of them. */
    List<Relation> relations() {
        server();
        databases();
        principals();
        sessions();
        properties();
        out.add(all.backups().table(instance.name()));
        view(
                "sys.configurations",
                "configuration_id int, name varchar(70), value bigint, minimum bigint, maximum bigint, value_in_use bigint,"
                        + " is_dynamic boolean, is_advanced boolean",
                all.options.values(),
                o -> row(o.id, o.name, o.value, o.least, o.most, o.inUse, o.dynamic, o.advanced));
        all.databases.values().forEach(this::inside);
        return out;
    }

    private void server() {
        LocalDateTime started = instance.startedAt().atOffset(ZoneOffset.UTC).toLocalDateTime();
        view(
                "sys.dm_os_sys_info",
                "sqlserver_start_time timestamp, cpu_count int, physical_memory_kb bigint, committed_kb bigint,"
                        + " committed_target_kb bigint",
                List.of(0),
                i -> row(started, 4, 16_000_000L, 2_000_000L, 12_000_000L));
        view(
                "sys.dm_os_sys_memory",
                "total_physical_memory_kb bigint, available_physical_memory_kb bigint",
                List.of(0),
                i -> row(16_000_000L, 4_000_000L));
        view("sys.dm_os_process_memory", "physical_memory_in_use_kb bigint", List.of(0), i -> row(2_100_000L));
        if (instance.major() >= V2017) {
            view(
                    "sys.dm_os_host_info",
                    "host_platform varchar(256), host_distribution varchar(256), host_release varchar(256)",
                    List.of(0),
                    i -> all.isLinux()
                            ? row("Linux", "Ubuntu", "22.04")
                            : row("Windows", "Windows Server 2022 Datacenter", "10.0"));
        } else {
            view("sys.dm_os_windows_info", "windows_release varchar(256)", List.of(0), i -> row("10.0"));
        }
        String prefix = instance.isNamed() ? "MSSQL$" + instance.name().replaceAll(".*\\\\", "") : "SQLServer";
        view(
                "sys.dm_os_performance_counters",
                "object_name char(128), counter_name char(128), instance_name char(128), cntr_value bigint, cntr_type int",
                all.counters.values(),
                c -> row(prefix + ":" + c.object(), c.name(), c.instance(), c.value(), c.type()));
    }

    private void databases() {
        view(
                "sys.databases",
                "name varchar(128), database_id int, state tinyint, state_desc varchar(60), owner_sid int,"
                        + " create_date timestamp, collation_name varchar(128), recovery_model_desc varchar(60),"
                        + " compatibility_level int, user_access_desc varchar(60), is_read_only boolean, is_encrypted boolean,"
                        + " containment_desc varchar(60), replica_id uuid, group_database_id uuid, is_in_standby boolean,"
                        + " is_trustworthy_on boolean, is_broker_enabled boolean, is_distributor boolean, source_database_id int",
                all.databases.values(),
                this::database);
        List<List<@Nullable Object>> files = new ArrayList<>();
        for (ModelDatabase d : all.databases.values()) {
            d.files.forEach(
                    f -> files.add(row(d.id, f.id(), f.type(), f.logical(), f.path(), f.pages(), type(f.type()))));
        }
        fill(
                "sys.master_files",
                List.of(
                        "database_id int",
                        "file_id int",
                        "type_desc varchar(60)",
                        "name varchar(128)",
                        "physical_name varchar(260)",
                        "size int",
                        "type int"),
                files);
        List<List<@Nullable Object>> volumes = new ArrayList<>();
        for (ModelDatabase d : all.databases.values()) {
            d.files.forEach(f -> all.disk()
                    .volumeOf(f.path())
                    .ifPresent(v -> volumes.add(row(d.id, f.id(), v, all.disk().freeOn(v)))));
        }
        fill(
                "sys.dm_os_volume_stats",
                List.of("database_id int", "file_id int", "volume_mount_point varchar(256)", "available_bytes bigint"),
                volumes);
    }

    private LocalGroup.@Nullable DatabaseState joined(ModelDatabase d) {
        return instance.joined().get(d.name.toLowerCase(Locale.ROOT));
    }

    /** A database that is in a group is there in the state that its replica is in. */
    private String stateOf(ModelDatabase d) {
        LocalGroup.@Nullable DatabaseState joined = joined(d);
        return joined == null ? all.states.getOrDefault(d.name, "OFFLINE") : joined.state();
    }

    private List<@Nullable Object> database(ModelDatabase d) {
        LocalGroup.@Nullable DatabaseState joined = joined(d);
        String state = stateOf(d);
        return row(
                d.name,
                d.id,
                state(state),
                state,
                sid(d.owner),
                d.created,
                "ONLINE".equals(state) ? "SQL_Latin1_General_CP1_CI_AS" : null,
                d.recovery,
                instance.major() * 10,
                d.access,
                d.readOnly,
                d.encrypted,
                "NONE",
                joined == null ? null : joined.replica(),
                joined == null ? null : joined.groupDatabase(),
                false,
                d.trustworthy,
                d.broker,
                false,
                null);
    }

    /**
     * What {@code DATABASEPROPERTYEX} knows: of a database that is not online nothing.
     *
     * <p>Source: DATABASEPROPERTYEX (Transact-SQL): LastGoodCheckDbTime from 2016 SP2 on, 1900-01-01 for never. On a replica this model tells
     * of checks that were made there; a server tells of those on the primary.
     */
    private void properties() {
        boolean tells = new ServerVersion(instance.version()).compareTo(SP2_OF_2016) >= 0;
        view(
                CatalogueFunctions.PROPERTIES,
                "name varchar(128), property varchar(128), val timestamp(3)",
                all.databases.values(),
                d -> row(
                        d.name,
                        CatalogueFunctions.LAST_GOOD_CHECK,
                        tells && "ONLINE".equals(stateOf(d))
                                ? Relation.time(d.checked == null ? NEVER : d.checked)
                                : null));
    }

    private static int state(String word) {
        int number = STATES.indexOf(word);
        return number < 0 ? STATES.indexOf("OFFLINE") : number;
    }

    private static int type(String word) {
        return List.of("ROWS", "LOG", "FILESTREAM").indexOf(word);
    }

    private @Nullable Integer sid(String login) {
        Login found = all.logins.get(login);
        return found == null ? null : found.sid();
    }

    /** Roles are principals too; their numbers lie beyond those of logins here. */
    private void principals() {
        List<String> roles = List.of("sysadmin", "securityadmin", "dbcreator", "public");
        List<List<@Nullable Object>> principals = new ArrayList<>();
        List<List<@Nullable Object>> members = new ArrayList<>();
        roles.forEach(r -> principals.add(row(1000 + roles.indexOf(r), r, null, "R", false)));
        for (Login l : all.logins.values()) {
            principals.add(row(l.sid(), l.name(), l.sid(), l.type(), l.disabled()));
            l.roles().forEach(r -> members.add(row(1000 + roles.indexOf(r), l.sid())));
        }
        fill(
                "sys.server_principals",
                List.of("principal_id int", "name varchar(128)", "sid int", "type char(1)", "is_disabled boolean"),
                principals);
        fill("sys.server_role_members", List.of("role_principal_id int", "member_principal_id int"), members);
        view(
                "sys.server_permissions",
                "class int, grantee_principal_id int, type varchar(4), state char(1)",
                all.permissions,
                p -> row(100, sid(p.login()), p.type(), p.denied() ? "D" : "G"));
    }

    private void sessions() {
        view(
                "sys.dm_exec_sessions",
                "session_id int, login_name varchar(128), status varchar(30), login_time timestamp, host_name varchar(128),"
                        + " program_name varchar(128), is_user_process boolean, database_id int, open_transaction_count int",
                all.sessions().all(),
                s -> row(
                        s.id(),
                        s.login(),
                        s.statement() == null ? "sleeping" : "running",
                        s.since(),
                        s.host(),
                        s.application(),
                        s.isUsers(),
                        databaseId(s.database()),
                        all.sessions().isRollingBack(s.id()) ? 1 : 0));
        List<ServerSessions.Session> busy = all.sessions().all().stream()
                .filter(s -> s.statement() != null || all.sessions().isRollingBack(s.id()))
                .toList();
        view(
                "sys.dm_exec_requests",
                "session_id int, status varchar(30), command varchar(32), start_time timestamp, wait_type varchar(60),"
                        + " blocking_session_id int, percent_complete real, sql_handle varchar(64)",
                busy,
                s -> row(
                        s.id(),
                        "running",
                        all.sessions().isRollingBack(s.id()) ? "KILLED/ROLLBACK" : command(s.statement()),
                        s.since(),
                        null,
                        0,
                        all.sessions().isRollingBack(s.id()) ? 25.0f : 0.0f,
                        "of " + s.id()));
        view("sys.dm_exec_sql_text", "handle varchar(64), text varchar", busy, s -> row("of " + s.id(), s.statement()));
    }

    /** What the server calls the work of a statement; only what takes long has a word of its own here. */
    private static String command(@Nullable String statement) {
        String text = statement == null ? "" : statement.strip().toUpperCase(Locale.ROOT);
        return Stream.of("BACKUP DATABASE", "RESTORE DATABASE", "DBCC TABLE CHECK")
                .filter(c -> text.startsWith(c.substring(0, c.indexOf(' '))))
                .findFirst()
                .orElse("SELECT");
    }

    private int databaseId(String name) {
        ModelDatabase found = all.databases.get(name);
        return found == null ? 0 : found.id;
    }

    /** What is told of a database in itself. */
    private void inside(ModelDatabase d) {
        String schema = TransactSql.schemaOf(d.name);
        view(
                schema + ".objects",
                "name varchar(128), is_ms_shipped boolean, type_desc varchar(60)",
                d.tables.keySet(),
                t -> row(t, false, "USER_TABLE"));
        List<String> roles = List.of("db_owner", "db_datareader", "db_datawriter");
        List<ModelDatabase.User> users = List.copyOf(d.users.values());
        List<List<@Nullable Object>> principals = new ArrayList<>();
        List<List<@Nullable Object>> members = new ArrayList<>();
        roles.forEach(r -> principals.add(row(100 + roles.indexOf(r), r, null, "R", 0)));
        for (ModelDatabase.User u : users) {
            int id = 5 + users.indexOf(u);
            principals.add(row(
                    id,
                    u.name(),
                    u.login().map(this::sid).orElse(null),
                    "S",
                    u.login().isPresent() ? 1 : 2));
            u.roles().forEach(r -> members.add(row(100 + roles.indexOf(r), id)));
        }
        fill(
                schema + ".database_principals",
                List.of("principal_id int", "name varchar(128)", "sid int", "type char(1)", "authentication_type int"),
                principals);
        fill(schema + ".database_role_members", List.of("role_principal_id int", "member_principal_id int"), members);
        boolean defaults = instance.major() >= V2017;
        view(
                schema + ".database_scoped_configurations",
                "configuration_id int, name varchar(60), value varchar(60)"
                        + (defaults ? ", is_value_default boolean" : ""),
                d.scoped.entrySet(),
                e -> {
                    boolean usual = e.getValue().equals(e.getKey().equals("PARAMETER_SNIFFING") ? "1" : "0");
                    return defaults ? row(1, e.getKey(), e.getValue(), usual) : row(1, e.getKey(), e.getValue());
                });
    }
}
