package io.gds.engine.postgres.internal.patroni.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.plan.Params;
import io.gds.engine.postgres.internal.patroni.api.FakeCluster.Version;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigPatchTest {
    private static final String[] RETRY = {"postgresql", "parameters", "wal_retrieve_retry_interval"};

    @Test
    void setsAndRemovesInOneTree() {
        ConfigPatch patch = ConfigPatch.set("100ms", RETRY)
                .and(ConfigPatch.remove("pause"))
                .and(ConfigPatch.set(200, "postgresql", "parameters", "max_connections"));
        assertThat(patch)
                .hasToString("{\"pause\":null,\"postgresql\":{\"parameters\":"
                        + "{\"max_connections\":200,\"wal_retrieve_retry_interval\":\"100ms\"}}}");
        assertThat(ConfigPatch.set(List.of("a", "\"b\""), "x\ny")).hasToString("{\"x\\ny\":[\"a\",\"\\\"b\\\"\"]}");
        assertThat(ConfigPatch.set(1, "a").and(ConfigPatch.set(true, "a"))).hasToString("{\"a\":true}");
        assertThatThrownBy(ConfigPatch::remove).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isTakenBackToWhatWasThereBefore() throws IOException {
        try (FakeMembers fake = new FakeMembers(Version.V3_3)) {
            Params before = fake.apis.config();
            ConfigPatch patch = ConfigPatch.set("100ms", RETRY);
            assertThat(patch.holdsIn(before)).isFalse();
            assertThat(fake.apis.patchConfig(patch).isDone()).isTrue();
            assertThat(patch.holdsIn(fake.apis.config())).isTrue();
            assertThat(fake.apis.patchConfig(ConfigPatch.restore(before, RETRY)).isDone())
                    .isTrue();
            assertThat(ConfigPatch.remove(RETRY).holdsIn(fake.apis.config())).isTrue();

            fake.apis.patchConfig(ConfigPatch.set(7, RETRY));
            Params seven = fake.apis.config();
            fake.apis.patchConfig(patch);
            fake.apis.patchConfig(ConfigPatch.restore(seven, RETRY));
            assertThat(fake.apis.config()).isEqualTo(seven);
        }
    }

    @Test
    void textAndNumberAreTheSameToPatroni() {
        assertThat(ConfigPatch.set("100", "ttl").holdsIn(Params.of("ttl", 100))).isTrue();
        assertThat(ConfigPatch.set(1, "ttl", "deeper").holdsIn(Params.of("ttl", 100)))
                .isFalse();
    }
}
