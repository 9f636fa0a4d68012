package io.gds.engine.mssql.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.ConfigAdmin;
import io.gds.database.ConfigSetting;
import io.gds.database.ConfigSetting.TakesEffect;
import io.gds.database.OperationResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SettingsTest {
    @TempDir
    private Path directory;

    @Test
    void whatIsDynamicIsInForceAtOnceAlsoWhenItIsAdvanced() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            ConfigAdmin config = server.facet(ConfigAdmin.class);
            OperationResult set = config.set("max degree of parallelism", "4");
            assertThat(set.changed()).isTrue();
            assertThat(set.detail()).isEqualTo("in force at once");
            assertThat(server.catalogue().option("max degree of parallelism")).containsExactly(4L, 4L);
            assertThat(server.catalogue().option("show advanced options")).containsExactly(0L, 0L);
            assertThat(config.set("max degree of parallelism", "4").changed()).isFalse();
            assertThat(config.setting("max degree of parallelism"))
                    .contains(new ConfigSetting(
                            "max degree of parallelism", "4", "sp_configure", TakesEffect.IMMEDIATELY, false));
            assertThat(config.reset("max degree of parallelism").changed()).isTrue();
            assertThat(server.catalogue().option("max degree of parallelism")).containsExactly(0L, 0L);
        }
    }

    @Test
    void whatNeedsARestartSaysSoUntilThen() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            ConfigAdmin config = server.facet(ConfigAdmin.class);
            assertThat(config.set("fill factor (%)", "80").detail()).contains("after the next restart", "0 is in use");
            assertThat(config.setting("fill factor (%)"))
                    .contains(new ConfigSetting(
                            "fill factor (%)", "80", "sp_configure, in use 0", TakesEffect.AFTER_RESTART, true));
            assertThat(config.set("fill factor (%)", "80").detail()).contains("waits for a restart");
            server.host.services().find("MSSQLSERVER").stop();
            server.host.services().find("MSSQLSERVER").start();
            assertThat(config.setting("fill factor (%)").orElseThrow().pendingRestart())
                    .isFalse();
            assertThat(server.catalogue().option("fill factor (%)")).containsExactly(80L, 80L);
        }
    }

    @Test
    void twoValuesOfADynamicOptionDoNotWaitForARestart() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            ConfigSetting memory = server.facet(ConfigAdmin.class)
                    .setting("min server memory (MB)")
                    .orElseThrow();
            assertThat(memory.source()).contains("in use 16");
            assertThat(memory.pendingRestart()).isFalse();
        }
    }

    @Test
    void whatSomebodyConfiguredAndDidNotInstallIsInstalled() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            ConfigAdmin config = server.facet(ConfigAdmin.class);
            server.catalogue().configured("nested triggers", 0);
            assertThat(config.setting("nested triggers").orElseThrow().source()).contains("in use 1");
            assertThat(config.set("nested triggers", "0").changed()).isTrue();
            assertThat(server.catalogue().option("nested triggers")).containsExactly(0L, 0L);
            assertThat(config.set("min server memory (MB)", "0").changed()).isFalse();
        }
    }

    @Test
    void aValueThatTheServerRefusesInTheEndIsTakenBack() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            assertThatThrownBy(() -> server.facet(ConfigAdmin.class).set("recovery interval (min)", "90"))
                    .hasMessageContaining("GDS-CONFIG")
                    .hasMessageContaining("5807");
            assertThat(server.catalogue().option("recovery interval (min)")).containsExactly(0L, 0L);
            assertThat(server.catalogue().option("show advanced options")).containsExactly(0L, 0L);
        }
    }

    @Test
    void wrongNamesAndValuesAreNamed() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            ConfigAdmin config = server.facet(ConfigAdmin.class);
            assertThatThrownBy(() -> config.set("max dop", "4"))
                    .hasMessageContaining("GDS-CONFIG")
                    .hasMessageContaining("no such option");
            assertThatThrownBy(() -> config.set("fill factor (%)", "101")).hasMessageContaining("from 0 to 100");
            assertThatThrownBy(() -> config.set("fill factor (%)", "many")).hasMessageContaining("whole number");
            assertThat(config.setting("nothing/MAXDOP")).isEmpty();
            assertThat(config.setting("shop/NOTHING")).isEmpty();
            assertThatThrownBy(() -> config.reset("shop/NOTHING")).hasMessageContaining("GDS-CONFIG");
        }
    }

    @Test
    void aNameWithASlashCanBeTheServersOwn() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            assertThat(server.facet(ConfigAdmin.class).setting("affinity64 I/O mask"))
                    .hasValueSatisfying(s -> assertThat(s.takesEffect()).isEqualTo(TakesEffect.AFTER_RESTART));
        }
    }

    @Test
    void aDatabasesOwnOptionsAreChangedInIt() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            server.instance.database("a]b/c'd", "ONLINE");
            ConfigAdmin config = server.facet(ConfigAdmin.class);
            assertThat(config.set("a]b/c'd/LEGACY_CARDINALITY_ESTIMATION", "ON").changed())
                    .isTrue();
            assertThat(server.catalogue().scoped("a]b/c'd", "LEGACY_CARDINALITY_ESTIMATION"))
                    .isEqualTo("1");
            assertThat(server.catalogue().scoped("shop", "LEGACY_CARDINALITY_ESTIMATION"))
                    .isEqualTo("0");
            assertThat(config.set("a]b/c'd/LEGACY_CARDINALITY_ESTIMATION", "on").changed())
                    .isFalse();
            assertThat(config.set("shop/maxdop", "8").changed()).isTrue();
            assertThat(config.setting("shop/MAXDOP").orElseThrow().value()).isEqualTo("8");
            assertThat(config.reset("shop/MAXDOP").changed()).isTrue();
            assertThat(server.catalogue().scoped("shop", "MAXDOP")).isEqualTo("0");
            assertThat(config.settings()).extracting(ConfigSetting::name).contains("shop/MAXDOP", "xp_cmdshell");
        }
    }

    @Test
    void whatIsNeitherNumberNorWordIsNotSent() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            ConfigAdmin config = server.facet(ConfigAdmin.class);
            assertThatThrownBy(() -> config.set("shop/MAXDOP", "4; SHUTDOWN")).hasMessageContaining("GDS-CONFIG");
            assertThatThrownBy(() -> config.set("shop/MAXDOP", "ON"))
                    .hasMessageContaining("GDS-CONFIG")
                    .hasMessageContaining("Incorrect syntax");
            assertThat(server.catalogue().scoped("shop", "MAXDOP")).isEqualTo("0");
        }
    }
}
