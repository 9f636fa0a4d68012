package io.gds.engine.mssql.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.ConfigAdmin;
import io.gds.database.DatabaseEngine;
import io.gds.database.EngineMetadata;
import io.gds.database.LogSource;
import io.gds.database.MetricSource;
import io.gds.database.ProcessAdmin;
import io.gds.database.ReplicationAdmin;
import io.gds.database.UserAdmin;
import io.gds.database.core.Engines;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.topology.MemberRole;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class IdentityTest {
    @TempDir
    private Path directory;

    @Test
    void anInstanceSaysWhatItIs() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            EngineMetadata m = server.engine.metadata();
            assertThat(m.name()).isEqualTo("orders");
            assertThat(m.version()).hasToString(AdminServer.V2022);
            assertThat(m.edition()).isEqualTo(AdminServer.ENTERPRISE);
            assertThat(m.host()).isEqualTo("127.0.0.1");
            assertThat(m.port()).isEqualTo(server.instance.server().port());
            assertThat(m.status()).isEqualTo(EngineMetadata.Status.AVAILABLE);
            assertThat(m.decommissionedAt()).isEmpty();
            assertThat(m.attributes())
                    .containsEntry("serverName", "SQL01")
                    .containsEntry("productLevel", "RTM")
                    .containsEntry("engineEdition", "3")
                    .containsEntry("collation", "SQL_Latin1_General_CP1_CI_AS")
                    .containsEntry("platform", "Windows")
                    .containsEntry("distribution", "Windows Server 2022 Datacenter")
                    .containsEntry("tcpPort", String.valueOf(m.port()))
                    .doesNotContainKeys("updateLevel", "suspendedForSnapshotBackup", "databasesNotOnline");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {AdminServer.V2016, AdminServer.V2017, AdminServer.V2022, AdminServer.V2025})
    void everyVersionAnswersEverythingThatIsRead(String version) throws Exception {
        try (AdminServer server = new AdminServer(directory, version, AdminServer.ENTERPRISE, false)) {
            DatabaseEngine e = server.engine;
            assertThat(e.metadata().version()).hasToString(version);
            assertThat(e.metadata().attributes()).containsEntry("release", "10.0");
            assertThat(e.databases()).extracting(d -> d.metadata().name()).contains("master", "shop");
            assertThat(server.facet(UserAdmin.class).users()).isNotEmpty();
            assertThat(server.facet(ProcessAdmin.class).processes()).isNotNull();
            assertThat(server.facet(ConfigAdmin.class).settings()).isNotEmpty();
            assertThat(server.facet(MetricSource.class).metrics(Instant.EPOCH, Instant.now()))
                    .isNotEmpty();
            assertThat(server.facet(ReplicationAdmin.class).replicationStatus()).isEmpty();
        }
    }

    @Test
    void linuxSaysWhichOneItIs() throws Exception {
        try (AdminServer server = new AdminServer(directory, AdminServer.V2022, AdminServer.ENTERPRISE, true)) {
            assertThat(server.engine.metadata().attributes())
                    .containsEntry("platform", "Linux")
                    .containsEntry("distribution", "Ubuntu")
                    .containsEntry("release", "22.04")
                    .containsEntry("dataPath", "/var/opt/mssql/data/");
        }
    }

    @Test
    void aDatabaseThatIsNotOnlineIsNamed() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            server.instance.database("old", "RECOVERY_PENDING");
            assertThat(server.engine.metadata().attributes())
                    .containsEntry("databasesNotOnline", "{old=RECOVERY_PENDING}");
        }
    }

    @Test
    void whatWasLastKnownStaysWhenNobodyAnswers() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            assertThat(server.engine.metadata().status()).isEqualTo(EngineMetadata.Status.AVAILABLE);
            server.instance.server().refuse();
            server.instance.server().cutAll();
            EngineMetadata m = server.engine.metadata();
            assertThat(m.status()).isEqualTo(EngineMetadata.Status.UNAVAILABLE);
            assertThat(m.version()).hasToString(AdminServer.V2022);
            assertThat(server.engine.topology().members()).singleElement().satisfies(member -> {
                assertThat(member.reachable()).isFalse();
                assertThat(member.role()).isEqualTo(MemberRole.UNKNOWN);
            });
        }
    }

    @Test
    void whoNeverAnsweredIsAnError() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            server.instance.server().refuse();
            assertThatThrownBy(() -> server.engine.metadata())
                    .isInstanceOf(GdsDatabaseException.class)
                    .hasMessageContaining("MSSQL-UNREACHABLE");
        }
    }

    @Test
    void oneInstanceIsItsOwnPrimaryAndTellsTheTime() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            assertThat(server.engine.topology().primary().orElseThrow().version())
                    .hasValueSatisfying(v -> assertThat(v).hasToString(AdminServer.V2022));
            assertThat(Duration.between(server.engine.serverTime(), Instant.now())
                            .abs())
                    .isLessThan(Duration.ofMinutes(1));
        }
    }

    @Test
    void everyFacetThatIsNamedIsThere() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            assertThat(server.engine.facets())
                    .containsExactlyInAnyOrder(
                            UserAdmin.class,
                            ProcessAdmin.class,
                            ConfigAdmin.class,
                            MetricSource.class,
                            LogSource.class,
                            ReplicationAdmin.class)
                    .allSatisfy(f -> assertThat(server.engine.facet(f)).isPresent());
        }
    }

    @Test
    void aFleetOfTwoKeepsItsOwnSurface() {
        try (DatabaseEngine fleet = Engines.open(
                """
                engine: mssql
                name: fleet
                targets:
                  - {server: 127.0.0.1, port: 1, user: gds, secret: "env:NONE", environment: test}
                  - {server: 127.0.0.2, port: 1, user: gds, secret: "env:NONE", environment: test}
                """,
                "the test")) {
            assertThat(fleet.facets()).isEmpty();
            assertThatThrownBy(fleet::databases).hasMessageContaining("MSSQL-FLEET");
        }
    }
}
