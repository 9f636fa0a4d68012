package io.gds.engine.mongo.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.ConfigAdmin;
import io.gds.database.ConfigSetting;
import io.gds.database.ConfigSetting.TakesEffect;
import io.gds.database.OperationResult;
import io.gds.samples.mongo.ReplicaSetMember;
import org.bson.Document;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
@ExtendWith(SharedSet.class)
class ParametersTest {
    @Test
    void allAreReadAndOneByName(AdminSet bed) {
        ConfigAdmin config = bed.facet(ConfigAdmin.class);

        assertThat(config.settings())
                .hasSizeGreaterThan(100)
                .extracting(ConfigSetting::name)
                .doesNotHaveDuplicates();
        assertThat(config.setting("notablescan"))
                .hasValue(new ConfigSetting("notablescan", "false", "parameter", TakesEffect.IMMEDIATELY, false));
        assertThat(config.setting("replication.replSetName"))
                .hasValue(new ConfigSetting(
                        "replication.replSetName", "admin", "option", TakesEffect.AFTER_RESTART, false));
        assertThat(config.setting("no_such_thing")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "notablescan, true, false",
        "cursorTimeoutMillis, 600001, 600000",
        "maxTransactionLockRequestTimeoutMillis, 7, 5",
        "internalQueryPlanEvaluationCollFraction, 0.25, 0.3"
    })
    void isSetOnEveryMemberAndPutBack(String name, String value, String before, AdminSet bed) {
        ConfigAdmin config = bed.facet(ConfigAdmin.class);
        assertThat(config.setting(name).orElseThrow().value()).isEqualTo(before);

        OperationResult set = config.set(name, value);

        assertThat(set.changed()).isTrue();
        assertThat(set.detail()).contains("m1", "m2", "m3", "until each one's next start");
        assertThat(bed.set().members())
                .allSatisfy(m -> assertThat(value(m, name)).isEqualTo(value));
        assertThat(config.set(name, value).changed()).isFalse();
        assertThat(config.reset(name).changed()).isTrue();
        assertThat(bed.set().members())
                .allSatisfy(m -> assertThat(value(m, name)).isEqualTo(before));
        assertThat(config.reset(name).changed()).isFalse();
    }

    @Test
    void oneThatTheMembersDisagreeAboutIsSetOnAllOfThem(AdminSet bed) {
        ConfigAdmin config = bed.facet(ConfigAdmin.class);
        ReplicaSetMember other = bed.set().members().stream()
                .filter(m -> !m.name().equals(bed.primary().name()))
                .findFirst()
                .orElseThrow();
        other.run(new Document("setParameter", 1).append("cursorTimeoutMillis", 700_000L));

        assertThat(config.set("cursorTimeoutMillis", "600000").changed()).isTrue();

        assertThat(value(other, "cursorTimeoutMillis")).isEqualTo("600000");
        // every member gets its own value back
        assertThat(config.reset("cursorTimeoutMillis").changed()).isTrue();
        assertThat(value(other, "cursorTimeoutMillis")).isEqualTo("700000");
        assertThat(value(bed.primary(), "cursorTimeoutMillis")).isEqualTo("600000");
        other.run(new Document("setParameter", 1).append("cursorTimeoutMillis", 600_000L));
    }

    @Test
    void oneThatNeedsARestartSaysSo(AdminSet bed) {
        ConfigAdmin config = bed.facet(ConfigAdmin.class);
        assertThat(config.setting("enableLocalhostAuthBypass").orElseThrow().takesEffect())
                .isEqualTo(TakesEffect.AFTER_RESTART);
        assertThatThrownBy(() -> config.set("enableLocalhostAuthBypass", "false"))
                .hasMessageContaining("GDS-CONFIG")
                .hasMessageContaining("AFTER_RESTART")
                .hasMessageContaining("restart them one by one");
        assertThatThrownBy(() -> config.set("net.port", "1")).hasMessageContaining("AFTER_RESTART");
    }

    @Test
    void unknownOneAndValueOfAnotherTypeAreRefused(AdminSet bed) {
        ConfigAdmin config = bed.facet(ConfigAdmin.class);
        assertThatThrownBy(() -> config.set("no_such_thing", "1"))
                .hasMessageContaining("GDS-CONFIG")
                .hasMessageContaining("there is no such parameter");
        assertThatThrownBy(() -> config.reset("no_such_thing")).hasMessageContaining("GDS-CONFIG");
        assertThatThrownBy(() -> config.set("notablescan", "perhaps"))
                .hasMessageContaining("GDS-CONFIG")
                .hasMessageContaining("expected true or false");
        assertThatThrownBy(() -> config.set("cursorTimeoutMillis", "soon")).hasMessageContaining("GDS-CONFIG");
        assertThatThrownBy(() -> config.set("ttlMonitorSleepSecs", "-1"))
                .hasMessageContaining("GDS-CONFIG")
                .hasMessageContaining("ttlMonitorSleepSecs");
        assertThat(value(bed.primary(), "cursorTimeoutMillis")).isEqualTo("600000");
    }

    private static String value(ReplicaSetMember m, String name) {
        return String.valueOf(
                m.run(new Document("getParameter", 1).append(name, 1)).get(name));
    }
}
