package io.gds.engine.postgres.internal;

import static java.time.temporal.ChronoUnit.MINUTES;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gds.database.ConfigAdmin;
import io.gds.database.ConfigSetting.TakesEffect;
import io.gds.database.Database;
import io.gds.database.EngineMetadata;
import io.gds.database.LogEntry;
import io.gds.database.LogFilter;
import io.gds.database.LogSource;
import io.gds.database.Metric;
import io.gds.database.MetricSource;
import io.gds.database.OperationResult;
import io.gds.database.PowerAdmin;
import io.gds.database.ProcessAdmin;
import io.gds.database.ReplicationAdmin;
import io.gds.database.Secret;
import io.gds.database.ServerProcess;
import io.gds.database.UserAdmin;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import io.gds.engine.postgres.PostgresMetadata;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The administration surface against one real server; a subclass for each major version. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AdministrationTest {
    private final String version;
    private Cluster cluster;
    private PostgresEngine engine;

    @TempDir
    private Path temporary;

    AdministrationTest(String version) {
        this.version = version;
    }

    @BeforeAll
    void start() {
        cluster = Cluster.shared(version);
        engine = cluster.engine;
    }

    @Test
    void metadataTellsWhatRunsAndWhere() {
        PostgresMetadata found = engine.metadata();

        assertThat(found.version()).hasToString(version);
        assertThat(found.status()).isEqualTo(EngineMetadata.Status.AVAILABLE);
        assertThat(found.port()).isEqualTo(cluster.servers.primary().port());
        assertThat(found.timeline()).hasValue(1);
        assertThat(found.systemIdentifier()).matches("\\d{19}");
        assertThat(found.createdAt().orElseThrow()).isCloseTo(Instant.now(), within(10, MINUTES));
        assertThat(found.attributes()).containsEntry("server_encoding", "UTF8").containsKey("wal_level");
    }

    @Test
    void serverTimeIsTheServersOwn() {
        assertThat(engine.serverTime()).isCloseTo(Instant.now(), within(5, SECONDS));
    }

    @Test
    void databaseWithAnAwkwardNameIsMadeListedAndDropped() {
        Database odd = engine.database("Odd \"name\" /? 100% 'q' ü");

        assertThat(odd.exists()).isFalse();
        assertThat(odd.create().changed()).isTrue();
        assertThat(odd.create().changed()).isFalse();
        assertThat(odd.exists()).isTrue();
        assertThat(engine.databases()).extracting(Database::name).contains(odd.name(), "template0", "app");
        assertThat(odd.metadata().sizeBytes().orElseThrow()).isGreaterThan(1_000_000);
        assertThat(odd.metadata().owner()).isEqualTo("postgres");
        assertThat(odd.metadata().createdAt()).isEmpty();
        assertThat(Instant.parse(odd.metadata().attributes().get("approximateCreatedAt")))
                .isCloseTo(Instant.now(), within(1, MINUTES));
        assertThat(engine.connections()
                        .<String>onPrimary(
                                odd.name(), s -> s.one("SELECT current_database()::text AS d", row -> row.text("d"))))
                .isEqualTo(odd.name());
        assertThat(odd.drop().changed()).isTrue();
        assertThat(odd.drop().changed()).isFalse();
    }

    @Test
    void databaseThatIsMissingHasNoMetadata() {
        assertThat(engine.database("missing").exists()).isFalse();
        assertThatThrownBy(() -> engine.database("missing").metadata()).hasMessageContaining("GDS-DATABASE");
    }

    @Test
    void userLogsInWithAPasswordThatTheServerNeverSaw() throws SQLException {
        UserAdmin users = engine.facet(UserAdmin.class).orElseThrow();
        Secret password = Secret.of("s3cret-'\\-ünï");

        assertThat(users.createUser("kim \"k\"", password).changed()).isTrue();
        assertThat(users.createUser("kim \"k\"", Secret.of("other")).changed()).isFalse();
        assertThat(users.users()).anySatisfy(u -> {
            assertThat(u.name()).isEqualTo("kim \"k\"");
            assertThat(u.canLogin()).isTrue();
            assertThat(u.administrator()).isFalse();
        });
        try (Connection c = DriverManager.getConnection(
                cluster.servers.primary().connectionUrl(), "kim \"k\"", password.reveal())) {
            assertThat(c.isValid(1)).isTrue();
        }
        assertThat(stored("kim \"k\"")).startsWith("SCRAM-SHA-256$4096:");
        assertThat(users.dropUser("kim \"k\"").changed()).isTrue();
        assertThat(users.dropUser("kim \"k\"").changed()).isFalse();
    }

    private String written(String setting) {
        return engine.connections()
                .onPrimary(s -> s.one(
                        "SELECT setting FROM pg_file_settings WHERE name = ? ORDER BY seqno DESC LIMIT 1",
                        r -> r.text("setting"),
                        setting));
    }

    private String stored(String role) {
        return engine.connections()
                .onPrimary(s ->
                        s.one("SELECT rolpassword FROM pg_authid WHERE rolname = ?", r -> r.text("rolpassword"), role));
    }

    @Test
    void passwordIsNowhereInTheServersLog() {
        ConfigAdmin config = engine.facet(ConfigAdmin.class).orElseThrow();
        config.set("log_statement", "all");
        UserAdmin users = engine.facet(UserAdmin.class).orElseThrow();
        users.createUser("logged", Secret.of("do-not-log-me"));
        config.reset("log_statement");

        List<LogEntry> found = engine.facet(LogSource.class)
                .orElseThrow()
                .logs(Instant.now().minus(5, MINUTES), Instant.now().plusSeconds(1), LogFilter.all());

        assertThat(found).anyMatch(e -> e.message().contains("CREATE ROLE \"logged\""));
        assertThat(found).noneMatch(e -> e.message().contains("do-not-log-me"));
    }

    @Test
    void onlyTheListedProcessIsKilled() throws SQLException {
        ProcessAdmin processes = engine.facet(ProcessAdmin.class).orElseThrow();
        try (Connection victim = cluster.servers.connect();
                Statement statement = victim.createStatement()) {
            statement.execute("SET application_name = 'victim'");
            ServerProcess found = processes.processes().stream()
                    .filter(p -> "victim".equals(p.attributes().get("application_name")))
                    .findFirst()
                    .orElseThrow();
            assertThat(found.user()).isEqualTo("postgres");
            assertThat(found.database()).isEqualTo("app");
            assertThat(found.startedAt().orElseThrow()).isCloseTo(Instant.now(), within(1, MINUTES));

            String other = found.id().substring(0, found.id().lastIndexOf(':')) + ":1";
            assertThat(processes.kill(other).changed()).isFalse();
            assertThat(victim.isValid(2)).isTrue();
            assertThat(processes.kill(found.id()).changed()).isTrue();
            assertThat(victim.isValid(2)).isFalse();
            assertThatThrownBy(() -> processes.kill("4711; DROP")).hasMessageContaining("GDS-PROCESS-ID");
        }
    }

    @Test
    void settingsTakeEffectWhenTheySay() {
        ConfigAdmin config = engine.facet(ConfigAdmin.class).orElseThrow();

        assertThat(config.set("work_mem", "7MB").detail()).isEqualTo("in force now: 7MB");
        assertThat(config.set("work_mem", "7MB").changed()).isFalse();
        assertThat(config.setting("WORK_MEM").orElseThrow().value()).isEqualTo("7MB");
        assertThat(config.reset("work_mem").changed()).isTrue();
        assertThat(config.reset("work_mem").changed()).isFalse();
        assertThat(config.setting("work_mem").orElseThrow().value()).isEqualTo("4MB");

        OperationResult later = config.set("max_connections", "123");
        assertThat(later.detail()).isEqualTo("in force after a restart");
        assertThat(config.setting("max_connections").orElseThrow().pendingRestart())
                .isTrue();
        assertThat(config.setting("max_connections").orElseThrow().takesEffect())
                .isEqualTo(TakesEffect.AFTER_RESTART);
        config.reset("max_connections");
        assertThat(config.setting("max_connections").orElseThrow().pendingRestart())
                .isFalse();
        assertThat(config.settings()).hasSizeGreaterThan(250);
    }

    @Test
    void settingThatIsAListOfNamesIsWrittenAsOne() {
        ConfigAdmin config = engine.facet(ConfigAdmin.class).orElseThrow();

        config.set("search_path", "\"$user\", public, 'x y'");

        assertThat(config.setting("search_path").orElseThrow().value()).isEqualTo("\"$user\", public, \"'x y'\"");
        config.reset("search_path");
        assertThat(config.set("shared_preload_libraries", "pg_stat_statements, auto_explain")
                        .detail())
                .isEqualTo("in force after a restart");
        assertThat(written("shared_preload_libraries")).isEqualTo("pg_stat_statements, auto_explain");
        config.reset("shared_preload_libraries");
        // Not a list of names, commas or not.
        config.set("log_line_prefix", "%m [%p] a, \"b\" ");
        assertThat(config.setting("log_line_prefix").orElseThrow().value()).isEqualTo("%m [%p] a, \"b\" ");
        config.reset("log_line_prefix");
        if (config.setting("output_plugin_libraries").isPresent()) {
            config.set("output_plugin_libraries", "pgoutput, test_decoding, wal2json");
            assertThat(written("output_plugin_libraries")).isEqualTo("pgoutput, test_decoding, wal2json");
            config.reset("output_plugin_libraries");
        }
    }

    @Test
    void badSettingsAreRefusedAndLeaveNothing() {
        ConfigAdmin config = engine.facet(ConfigAdmin.class).orElseThrow();

        assertThatThrownBy(() -> config.set("wrk_mem", "1MB")).hasMessageContaining("\"work_mem\"");
        assertThatThrownBy(() -> config.set("work_mem", "plenty"))
                .isInstanceOf(GdsDatabaseException.class)
                .hasMessageContaining("GDS-CONFIG")
                .hasMessageContaining("SQLSTATE 22023");
        assertThatThrownBy(() -> config.set("block_size", "16384")).hasMessageContaining("cannot be changed");
        assertThatThrownBy(() -> config.set("port", "1")).hasMessageContaining("belongs to one member");
        assertThat(config.reset("work_mem").changed()).isFalse();
    }

    @Test
    void metricsCoverTheServerAndSaySinceWhen() {
        MetricSource source = engine.facet(MetricSource.class).orElseThrow();
        Instant now = Instant.now();

        List<Metric> metrics = source.metrics(now.minus(1, MINUTES), now.plus(1, MINUTES));

        assertThat(metrics.stream().map(Metric::name).collect(Collectors.toSet()))
                .contains(
                        "connections",
                        "connections.max",
                        "database.size",
                        "transactions.committed",
                        "transaction.age",
                        "checkpoints.requested",
                        "buffers.allocated",
                        "archive.failed",
                        "wal.position",
                        "uptime");
        assertThat(metrics)
                .filteredOn(m -> m.name().equals("checkpoints.requested"))
                .allMatch(m -> m.labels().containsKey("since"));
        assertThat(source.metrics(now.minus(9, MINUTES), now.minus(5, MINUTES))).isEmpty();
    }

    @Test
    void logEntriesHaveLevelsDetailsAndBounds() throws SQLException {
        LogSource logs = engine.facet(LogSource.class).orElseThrow();
        try (Connection c = cluster.servers.connect();
                Statement statement = c.createStatement()) {
            assertThatThrownBy(() -> statement.execute("SELECT 1,\n  nonsense_for_the_log"))
                    .isInstanceOf(SQLException.class);
        }
        Instant end = Instant.now().plusSeconds(1);

        List<LogEntry> errors = logs.logs(
                end.minus(5, MINUTES),
                end,
                LogFilter.all().atLeast(LogEntry.Level.ERROR).containing("nonsense_for_the_log"));

        assertThat(errors).hasSize(1);
        assertThat(errors.get(0).level()).isEqualTo(LogEntry.Level.ERROR);
        assertThat(errors.get(0).message()).contains("STATEMENT:").contains("\n  nonsense_for_the_log");
        assertThat(errors.get(0).timestamp()).isCloseTo(Instant.now(), within(1, MINUTES));
        assertThat(logs.logs(end.minus(5, MINUTES), end, LogFilter.all().newest(3)))
                .hasSize(3);
        assertThat(logs.logs(end.minus(Duration.ofDays(2)), end.minus(Duration.ofDays(1)), LogFilter.all()))
                .isEmpty();
    }

    @Test
    void aloneServerReplicatesToNobody() {
        ReplicationAdmin replication = engine.facet(ReplicationAdmin.class).orElseThrow();

        assertThat(replication.replicationStatus()).singleElement().satisfies(s -> {
            assertThat(s.enabled()).isFalse();
            assertThat(s.partners()).isEmpty();
            assertThat(s.lag()).isEmpty();
        });
        assertThat(replication.failover("n1").changed()).isFalse();
        assertThatThrownBy(() -> replication.failover("n9")).hasMessageContaining("n9");
    }

    @Test
    void wrongPasswordIsNoAbsenceAndIsNotShown() throws IOException {
        Path file = Files.writeString(temporary.resolve("wrong"), "wr0ng-pass");
        Params connection = cluster.spec.object("connection").with("password", "file:" + file);
        try (PostgresEngine stranger = Cluster.open(cluster.spec.with("connection", connection))) {
            assertThatThrownBy(stranger::topology).isInstanceOfSatisfying(GdsDatabaseException.class, e -> {
                assertThat(e.code()).isEqualTo("GDS-LOGIN");
                StringWriter all = new StringWriter();
                e.printStackTrace(new PrintWriter(all));
                assertThat(all.toString()).doesNotContain("wr0ng-pass");
            });
        }
    }

    @Test
    void facetsAreTheOnesThatAreThere() {
        assertThat(engine.facets())
                .contains(PowerAdmin.class, UserAdmin.class, LogSource.class)
                .allMatch(type -> engine.facet(type).isPresent());
        assertThat(engine.facet(Runnable.class)).isEmpty();
        try (PostgresEngine less = cluster.withoutShell()) {
            assertThat(less.facet(PowerAdmin.class)).isEmpty();
        }
    }
}
